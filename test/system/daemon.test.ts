import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { isAlive, sendSignal, startTime } from '../../src/system/processes.js';
import { spawnDaemon } from '../../src/system/spawn.js';
import { cleanEnvironment, mortal, scratch, until } from './scratch.js';

const it = suite('daemon');
const log = join(scratch(), 'daemon.log');
const SYSTEM = new URL('../../src/system/spawn.js', import.meta.url).href;

const node = (code: string) => [
  process.execPath,
  '--input-type=module',
  '-e',
  `import { sayReady, sayFailed } from '${SYSTEM}';${code}`,
];

async function startDaemon(code: string) {
  const started = await spawnDaemon(node(code), cleanEnvironment(), log);
  const id = { pid: started.pid, startTime: startTime(started.pid) ?? 'gone' };
  return { ...started, id: mortal(id) };
}

it('is ready when it says so, and goes on', async () => {
  const { ready, id, message } = await startDaemon(
    `console.log('to the log'); sayReady('all groups are ready'); sayReady('again'); setInterval(() => {}, 1000);`,
  );
  assert.equal([ready, message], [true, 'all groups are ready']);
  assert.ok(isAlive(id));
  sendSignal(id, 'SIGKILL');
  await until('its end', () => !isAlive(id));
  assert.match(readFileSync(log, 'utf8'), /to the log/);
});

it('does not pass on to its children that it has a starter', async () => {
  const { id, message } = await startDaemon(
    `const { spawnSync } = await import('node:child_process');
     sayReady('x'); sayFailed('y');
     console.log('SEEN', JSON.stringify(process.env.SUP_READY_FD ?? 'none'));
     setInterval(() => {}, 1000);`,
  );
  assert.is(message, 'x');
  await until('its line', () => /SEEN "none"/.test(readFileSync(log, 'utf8')));
  sendSignal(id, 'SIGKILL');
});

it('is not ready when it says why, or ends without a word', async () => {
  assert.equal(await failureOf(`sayFailed('port 80 is taken'); process.exit(1);`), 'port 80 is taken');
  assert.equal(await failureOf('process.exit(9)'), 'exited with code 9');
  assert.equal(await failureOf(`process.kill(process.pid, 'SIGKILL')`), 'ended by SIGKILL');
});

it('is not ready when it cannot run', async () => {
  const { ready, message } = await spawnDaemon(['/no/such/program'], {}, log);
  assert.is(ready, false);
  assert.match(message, /ENOENT/);
});

async function failureOf(code: string): Promise<string> {
  const { ready, message } = await startDaemon(code);
  assert.is(ready, false);
  return message;
}

it.run();
