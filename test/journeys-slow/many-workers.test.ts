import { readdirSync } from 'node:fs';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { isRunning } from '../support/proc.js';
import { type SandboxApp, SLEEPER, withApp } from '../support/sandbox-app.js';

const it = suite('two hundred workers');

const COUNT = 200;

async function all(app: SandboxApp): Promise<number[]> {
  const pids = await app.pids();
  assert.equal([pids.length, new Set(pids).size, app.lives().length], [COUNT, COUNT, COUNT]);
  return pids;
}

it(
  'start, are replaced, and stop; nothing of them stays',
  withApp(async (app) => {
    app.configure({ web: { ...SLEEPER, count: COUNT, reload: { batch: 20 } } });
    const started = await app.done('start', '-d');
    assert.match(started.stdout, /^started: web \(200\)$/m);
    const before = await all(app);
    assert.match((await app.done('status')).stdout, /web +200\/200 ready/);
    await app.done('reload');
    const after = await all(app);
    assert.not.ok(before.some((pid) => after.includes(pid) || isRunning(pid)));
    await app.done('stop');
    await app.isGone();
    assert.not.ok(after.some(isRunning));
  }),
);

it(
  'leave no descriptor and no FIFO when they are scaled away',
  withApp(async (app) => {
    app.configure({ web: { ...SLEEPER, count: 1 } });
    await app.done('start', '-d');
    const open = () => readdirSync(`/proc/${app.masterPid()}/fd`).length;
    const [before, [first]] = [open(), await app.pids()];
    for (let round = 0; round < 2; round++) {
      await app.done('scale', `web=${COUNT}`);
      await all(app);
      await app.done('scale', 'web=1');
      assert.equal([await app.pids(), app.lives()], [[first], [first]]);
    }
    assert.is(readdirSync(`${app.place.stateDir}/fifo`).length, 2);
    assert.ok(open() <= before + 1, `${open()} open files; it had ${before}`);
  }),
);

it.run();
