import { setTimeout as sleep } from 'node:timers/promises';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { eventually } from '../support/eventually.js';
import { startLoad } from '../support/load-client.js';
import { kill, look } from '../support/proc.js';
import type { SandboxApp } from '../support/sandbox-app.js';
import { configure, startTemplate } from './templates.js';

const it = suite('a crash storm');

const LASTS = 20_000;
const EASY = 'restart: { from: 10ms, to: 200ms, stable: 50ms }';

it('kill -9 of random workers for 20 s: each is counted, and the service answers', async () => {
  const { app, port } = await startTemplate('node');
  try {
    configure(app, (yaml) => yaml.replace('    count: 4\n', `    count: 4\n    ${EASY}\n`));
    await app.done('apply');
    const load = startLoad({ port, connections: 4, think: 5 });
    const kills = await storm(app);
    await eventually('four are ready', async () => (await app.pids()).length === 4, 60_000);
    const { sent, failed } = await load.stop();
    console.log(`${kills} killed; ${failed.length} of ${sent} requests died with them`);

    assert.ok(kills > 20, `${kills} kills`);
    assert.is(await restarts(app), kills);
    assert.is(app.lives().length, 4);
    assert.ok(sent - failed.length > 100, `only ${sent - failed.length} answers in the storm`);
    const after = await startLoad({ port, keepAlive: true, count: 200 }).done;
    assert.equal(after.failed, []);
    assert.is(after.byPid.size > 0, true);
    assert.is(await restarts(app), kills, 'nobody died after it');
    await app.done('stop');
    await app.isGone();
  } finally {
    await app.end();
  }
});

/** How many it killed. */
async function storm(app: SandboxApp): Promise<number> {
  const end = performance.now() + LASTS;
  const killed = new Set<string>();
  while (performance.now() < end) {
    const { workers } = await app.group('web');
    const { pid } = workers[Math.floor(Math.random() * workers.length)] ?? {};
    const victim = pid && pid > 1 ? look(pid) : null;
    if (victim?.environment['SUP_APP'] === app.name) {
      killed.add(`${victim.pid} ${victim.startTime}`);
      kill(victim);
    }
    await sleep(Math.random() * 150);
  }
  return killed.size;
}

async function restarts(app: SandboxApp): Promise<number> {
  const { workers } = await app.group('web');
  return workers.reduce((sum, worker) => sum + worker.restarts, 0);
}

it.run();
