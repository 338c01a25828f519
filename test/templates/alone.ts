import * as assert from 'uvu/assert';
import { ask } from '../support/ask.js';
import { freePort } from '../support/free-port.js';
import { endAll, startWorker } from '../support/held-server.js';

/** Without a held socket the program opens $PORT by itself. */
export async function provesAlone(command: readonly string[], cwd: string): Promise<void> {
  const port = await freePort();
  const worker = startWorker([], { command, cwd, env: { PORT: String(port) } });
  try {
    await worker.says(/listening/);
    assert.equal(JSON.parse((await ask(port, '/healthz')).body), { ok: true });
    assert.is((await ask(port, '/no-such-page')).status, 404);
  } finally {
    await endAll([worker]);
  }
}
