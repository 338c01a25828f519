import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { eventually } from '../support/eventually.js';
import { isRunning } from '../support/proc.js';
import { type SandboxApp, SLEEPER, slowly, withApp } from '../support/sandbox-app.js';

const it = suite('sup stop');

const NEVER_READY = { command: 'sleep 1000', ready: { log: '/never/', within: '1h' } } as const;

it(
  'ends a start that is under way',
  withApp(async (app) => {
    app.configure({ web: { ...NEVER_READY, count: 2 } });
    const start = app.begin('start', '-d');
    await slowly('two lives', () => app.lives().length === 2);
    await app.done('stop');
    await app.isGone();
    const { code, stderr } = await start.ended;
    assert.is(code, 6);
    assert.match(stderr, /a stop came in between/);
  }),
);

it(
  'ends a wait for the next try',
  withApp(async (app) => {
    app.configure({ web: { ...SLEEPER, restart: { from: '1h', to: '1h', stable: '1h' } } });
    await app.done('start', '-d');
    const [pid] = await app.pids();
    assert.ok(pid !== undefined && pid > 1);
    process.kill(pid, 'SIGKILL');
    await app.becomes('web.0', ({ phase }) => phase === 'waiting');
    await app.done('stop');
    await app.isGone();
  }),
);

it(
  'ends a reload that is under way, with old and new lives',
  withApp(async (app) => {
    app.script('program', '[ -e hold ] || echo up', 'exec sleep 1000');
    app.configure({ web: { command: './program', ready: { log: '/up/', within: '1h' }, count: 2 } });
    await app.done('start', '-d');
    app.touch('hold');
    const reload = app.begin('reload');
    await slowly('a newcomer', () => app.lives().length === 3);
    await app.done('stop');
    await app.isGone();
    assert.is((await reload.ended).code, 6);
  }),
);

it(
  'a stop of one worker is for good, and the others stay',
  withApp(async (app) => {
    app.configure({ web: { ...SLEEPER, count: 3 } });
    await app.done('start', '-d');
    const [zero, one, two] = await app.pids();
    assert.match((await app.done('stop', 'web.1')).stdout, /^stopped: web\.1\n$/);
    assert.equal(await app.pids(), [zero, two]);
    assert.not.ok(one && isRunning(one));
    await app.done('reload');
    assert.is((await app.pids()).length, 2);
  }),
);

/** Notes every SIGTERM in a file, and goes when there is a file `go`. */
function patient(app: SandboxApp, stop: object): void {
  const lines = ["trap 'echo told >> told' TERM", 'echo up', 'while [ ! -e go ]; do sleep 0.05; done'];
  app.script('program', ...lines);
  app.configure({ web: { command: './program', ready: { log: '/up/' }, stop } });
}

it(
  'with -g it waits longer than the timeout, and kills nobody',
  withApp(async (app) => {
    patient(app, { timeout: '200ms' });
    await app.done('start', '-d');
    const [pid = 0] = await app.pids();
    const stop = app.begin('stop', '-g');
    await eventually('SIGTERM came', () => app.has('told'));
    const began = performance.now();
    await eventually('five times the timeout has passed', () => performance.now() - began > 1000);
    assert.ok(isRunning(pid));
    assert.not.ok(stop.isOver);
    assert.is((await app.worker('web.0')).phase, 'stopping');
    app.touch('go');
    assert.is((await stop.ended).code, 0);
    await app.isGone();
  }),
);

it(
  'with --now it cuts a stop that waits',
  withApp(async (app) => {
    patient(app, { timeout: '1h' });
    await app.done('start', '-d');
    const stop = app.begin('stop', '-g');
    await eventually('SIGTERM came', () => app.has('told'));
    await app.done('stop', '--now');
    await app.isGone();
    assert.is((await stop.ended).code, 0);
  }),
);

it(
  'kills what does not listen to SIGTERM after its timeout, with all that it began',
  withApp(async (app) => {
    app.script(
      'program',
      "trap '' TERM",
      'sleep 1000 & echo $! > child',
      'echo up',
      'while :; do wait; done',
    );
    app.configure({ web: { command: './program', ready: { log: '/up/' }, stop: { timeout: '300ms' } } });
    await app.done('start', '-d');
    const [pid = 0] = await app.pids();
    const child = Number(app.read('child'));
    assert.ok(isRunning(child));
    const began = performance.now();
    await app.done('stop', 'web');
    assert.ok(performance.now() - began >= 300);
    assert.equal([isRunning(pid), isRunning(child), app.processes()], [false, false, []]);
    const { phase, last } = await app.worker('web.0');
    assert.equal([phase, last?.signal], ['idle', 'SIGKILL']);
  }),
);

it(
  'kills what is left of the process group when only its leader ends',
  withApp(async (app) => {
    const deaf = 'sh -c \'trap "" TERM; echo up; while :; do sleep 0.1; done\' & wait';
    app.configure({
      web: { command: ['sh', '-c', deaf], ready: { log: '/up/' }, stop: { timeout: '300ms' } },
    });
    await app.done('start', '-d');
    await app.done('stop', 'web');
    assert.equal(app.processes(), []);
  }),
);

it(
  'a SIGTERM to the master is an orderly stop, too',
  withApp(async (app) => {
    app.script('program', "trap 'echo bye > bye; exit 0' TERM", 'echo up', 'while :; do sleep 0.05; done');
    app.configure({ web: { command: './program', ready: { log: '/up/' } } });
    await app.done('start', '-d');
    const [master] = app.masters();
    assert.is(master?.pid, app.masterPid());
    if (master && master.pid > 1) process.kill(master.pid, 'SIGTERM');
    await slowly('the master is gone', () => app.masters().length === 0);
    await app.isGone();
    assert.is(app.read('bye'), 'bye\n');
  }),
);

it(
  'takes the signal of the config',
  withApp(async (app) => {
    app.script('program', "trap 'echo int > got; exit 0' INT", 'echo up', 'while :; do sleep 0.05; done');
    app.configure({ web: { command: './program', ready: { log: '/up/' }, stop: { signal: 'SIGINT' } } });
    await app.done('start', '-d');
    await app.done('stop');
    assert.is(app.read('got'), 'int\n');
  }),
);

it(
  'says what is wrong with a name',
  withApp(async (app) => {
    app.configure({ web: { ...SLEEPER, count: 2 } });
    await app.done('start', '-d');
    const before = await app.pids();
    const wrong = await app.sup('stop', 'wep', 'web.7');
    assert.is(wrong.code, 2);
    assert.match(wrong.stderr, /there is no group wep, did you mean web\?/);
    assert.match(wrong.stderr, /there is no worker web\.7: web has 0 to 1/);
    assert.equal(await app.pids(), before);
  }),
);

it.run();
