import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { eventually } from '../support/eventually.js';
import { SLEEPER, withApp } from '../support/sandbox-app.js';

const it = suite('sup start in the foreground');

const POLITE = [
  "trap 'echo good bye; exit 0' TERM",
  'echo up',
  'echo trouble >&2',
  'while :; do sleep 0.05; done',
];

for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const)
  it(
    `shows who writes what, and ends in order on ${signal}`,
    withApp(async (app) => {
      app.script('program', ...POLITE);
      app.configure({ web: { command: './program', ready: { log: '/up/' }, count: 2 }, longname: SLEEPER });
      const running = app.begin('start');
      await running.says(/^sup +\| web\.1 is ready$/m);
      await running.says(/^longname\.0 \| up$/m);
      await running.says(/^web\.1 {6}\| trouble$/m);
      running.signal(signal);
      const { code, stdout } = await running.ended;
      assert.is(code, 0, stdout);
      for (const worker of ['web.0', 'web.1'])
        assert.ok(stdout.includes(`${worker}      | good bye\n`), stdout);
      assert.match(stdout, /the app stopped/);
      await app.isGone();
    }),
  );

it(
  'a second Ctrl-C ends it at once',
  withApp(async (app) => {
    app.script('program', "trap '' TERM", 'echo up', 'while :; do sleep 0.05; done');
    app.configure({ web: { command: './program', ready: { log: '/up/' }, stop: { timeout: '1h' } } });
    const running = app.begin('start');
    await running.says(/web\.0 is ready/);
    running.signal('SIGINT');
    await running.says(/web\.0 is stopping/);
    running.signal('SIGINT');
    await running.ended;
    await app.isGone();
  }),
);

it(
  'Ctrl-C while it starts, and while it waits for a next try, ends it',
  withApp(async (app) => {
    app.configure({
      slow: { command: 'sleep 1000', ready: { log: '/never/', within: '1h' } },
      sick: { command: 'false', restart: { from: '1h', to: '1h' } },
    });
    const running = app.begin('start');
    await running.says(/sick\.0 died: exit 1 before it was ready, next try in/);
    await running.says(/slow\.0 starts/);
    running.signal('SIGINT');
    const { code } = await running.ended;
    assert.is(code, 0);
    await app.isGone();
  }),
);

const task = (code: number): object => ({
  command: ['sh', '-c', `echo did it; exit ${code}`],
  restart: 'never',
});

it(
  'ends by itself when every task is done',
  withApp(async (app) => {
    app.configure({ one: task(0), two: { ...task(0), count: 2 } });
    const { code, stdout } = await app.sup('start');
    assert.is(code, 0, stdout);
    assert.is(stdout.match(/^\w+\.\d \| did it$/gm)?.length, 3);
    await app.isGone();
  }),
);

it(
  'ends with 1 when one of its tasks failed',
  withApp(async (app) => {
    app.configure({ one: task(0), two: task(3) });
    const { code, stdout } = await app.sup('start');
    assert.is(code, 1, stdout);
    assert.match(stdout, /two\.0 gave up: exit 3/);
    await app.isGone();
  }),
);

it(
  'goes on trying, and what needs it waits',
  withApp(async (app) => {
    app.script('db', '[ -e mended ] || { echo not yet; exit 1; }', 'echo up', 'exec sleep 1000');
    app.configure({
      web: { ...SLEEPER, needs: ['db'] },
      db: { command: './db', ready: { log: '/up/' }, restart: { from: '50ms', to: '200ms' } },
    });
    const running = app.begin('start');
    await running.says(/db\.0 is crash-looping/);
    assert.equal(app.lives('web'), []);
    app.touch('mended');
    await running.says(/web\.0 is ready/);
    running.signal('SIGINT');
    assert.is((await running.ended).code, 0);
  }),
);

it(
  'the other verbs reach it',
  withApp(async (app) => {
    app.configure({ web: { ...SLEEPER, count: 2 } });
    const running = app.begin('start');
    await running.says(/web\.1 is ready/);
    assert.match((await app.done('status')).stdout, /2\/2 ready/);
    await app.done('reload');
    await app.done('stop');
    assert.is((await running.ended).code, 0);
    await app.isGone();
  }),
);

it(
  'a master that is killed leaves its place free',
  withApp(async (app) => {
    app.configure({ web: SLEEPER });
    const running = app.begin('start');
    await running.says(/web\.0 is ready/);
    running.signal('SIGKILL');
    await running.ended;
    await app.killAll();
    await eventually('its lock is free', () => app.masterPid() === null);
    await app.done('start', '-d');
    assert.is(app.lives().length, 1);
  }),
);

it.run();
