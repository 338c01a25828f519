import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { SLEEPER, withApp } from '../support/sandbox-app.js';

const it = suite('what was left behind');

it(
  'a killed master with its workers does not block a start',
  withApp(async (app) => {
    app.configure({ web: { ...SLEEPER, count: 2, listen: `unix:${app.path('run.sock')}` } });
    await app.done('start', '-d');
    const before = await app.pids();
    await app.killAll();
    assert.ok(app.has('run.sock'), 'the socket file should have been left');
    assert.is((await app.sup('status')).code, 3);
    assert.match((await app.done('ls')).stdout, new RegExp(`${app.name} is dead`));

    await app.done('start', '-d');
    const after = await app.pids();
    assert.is(after.length, 2);
    assert.not.ok(after.some((pid) => before.includes(pid)));
    assert.is(app.lives().length, 2);
    await app.done('stop');
    assert.not.ok(app.has('run.sock'));
  }),
);

const LEFT = {
  'a lock file that names a pid of another': ['lock', '1\n'],
  'a lock file full of something': ['lock', 'x'.repeat(5000)],
} as const;
for (const [what, [file, text]] of Object.entries(LEFT)) {
  it(
    `${what} does not block a start`,
    withApp(async (app) => {
      app.configure({ web: SLEEPER });
      mkdirSync(app.place.stateDir, { recursive: true, mode: 0o700 });
      writeFileSync(join(app.place.stateDir, file), text);
      await app.done('start', '-d');
      assert.is((await app.pids()).length, 1);
      assert.is(app.masterPid(), (await app.status()).pid);
    }),
  );
}

it(
  'a start right after a stop finds a free place',
  withApp(async (app) => {
    app.configure({ web: SLEEPER });
    for (let round = 0; round < 2; round++) {
      await app.done('start', '-d');
      await app.done('stop');
    }
    await app.isGone();
  }),
);

it(
  'removed folders of state and logs are made anew',
  withApp(async (app) => {
    app.configure({ web: SLEEPER });
    await app.done('start', '-d');
    await app.killAll();
    rmSync(app.place.stateDir, { recursive: true });
    rmSync(app.place.logDir, { recursive: true });
    await app.done('start', '-d');
    assert.is((await app.pids()).length, 1);
  }),
);

it.run();
