import { existsSync } from 'node:fs';
import net from 'node:net';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { isRunning, look } from '../support/proc.js';
import { type SandboxApp, SLEEPER, withApp } from '../support/sandbox-app.js';

const it = suite('sup start');

const failing = (words: string): object => ({
  command: ['sh', '-c', `echo ordinary; echo "${words}" >&2; exit 7`],
  ready: { log: '/never/' },
});

it(
  'runs an app in the background, and stop leaves nothing of it',
  withApp(async (app) => {
    app.configure({ web: { ...SLEEPER, count: 2 } });
    const started = await app.done('start', '-d');
    assert.match(started.stdout, /^started: web \(2\)\n/);
    assert.match(started.stdout, /web\.1 +ready/);

    const status = JSON.parse((await app.done('status', '--json')).stdout);
    assert.equal([status.app, status.groups[0].wanted, status.groups[0].ready], [app.name, 2, 2]);
    for (const { pid, phase } of status.groups[0].workers) {
      assert.is(phase, 'ready');
      const seen = look(pid);
      assert.equal([seen?.session, seen?.group, seen?.ppid], [pid, pid, status.pid]);
    }
    assert.match((await app.done('status')).stdout, /web +2\/2 ready/);

    const stopped = await app.done('stop');
    assert.match(stopped.stdout, /^stopped: web \(2\)\nthe master has ended\n$/);
    await app.isGone();
    assert.not.ok(existsSync(app.place.socket), 'its control socket is still there');
    const after = await app.sup('status');
    assert.is(after.code, 3);
    assert.match(after.stderr, /no master runs/);
    assert.match(after.stderr, /Next: start it with `sup start -d`/);
  }),
);

it(
  'says what runs already, and starts only what is missing',
  withApp(async (app) => {
    app.configure({ web: { ...SLEEPER, count: 2 }, api: SLEEPER });
    await app.done('start', '-d', 'web');
    const [first] = await app.pids();
    assert.equal(await app.pids('api'), []);
    await app.done('stop', 'web.1');

    const again = await app.done('start', '-d');
    assert.match(again.stdout, /^already running: web\.0\nstarted: web\.1, api\.0\n/);
    assert.is((await app.pids())[0], first);
    assert.match((await app.done('start', '-d')).stdout, /nothing was missing/);
    assert.match((await app.done('start')).stdout, /runs in the background; its output: sup logs/);
    assert.is((await app.pids())[0], first);
    assert.equal([app.lives().length, app.masters().length], [3, 1]);
  }),
);

it(
  'ten at once make one master and no worker too many',
  withApp(async (app) => {
    app.configure({ web: { ...SLEEPER, count: 3 } });
    const all = await Promise.all(Array.from({ length: 10 }, () => app.sup('start', '-d')));
    assert.equal(
      all.filter(({ code }) => code !== 0),
      [],
    );
    assert.equal([app.masters().length, app.lives().length], [1, 3]);
    const fresh = all.filter(({ stdout }) => /^started: web \(3\)/m.test(stdout));
    assert.is(fresh.length, 1, all.map(({ stdout }) => stdout).join('\n'));
  }),
);

it(
  'a failing start says why with the last lines of stderr, and leaves nothing',
  withApp(async (app) => {
    app.configure({ web: SLEEPER, api: failing('no database') });
    const { code, stdout, stderr } = await app.sup('start', '-d');
    assert.equal([code, stdout], [5, '']);
    assert.match(stderr, /start failed: api\.0 ended: exit 7 before it was ready\n {2}\| no database\n/);
    assert.not.match(stderr, /ordinary/);
    assert.match(stderr, /^Next: /m);
    await app.isGone();
  }),
);

it(
  'a failing start under --json names the worker, the reason and the last lines',
  withApp(async (app) => {
    app.configure({ api: failing('no database') });
    const { code, stdout, stderr } = await app.sup('start', '-d', '--json');
    assert.equal([code, stderr], [5, '']);
    const { error } = JSON.parse(stdout);
    assert.is(error.code, 'E_START_FAILED');
    const reason = 'ended: exit 7 before it was ready';
    assert.equal(error.detail, { worker: 'api.0', reason, tail: ['no database'] });
  }),
);

it(
  'a start that fails beside what runs leaves that alone',
  withApp(async (app) => {
    app.configure({ web: { ...SLEEPER, count: 2 }, api: failing('no database') });
    await app.done('start', '-d', 'web');
    const before = await app.pids();
    assert.is((await app.sup('start', '-d')).code, 5);
    assert.equal([await app.pids(), app.lives().length], [before, 2]);
    assert.is((await app.worker('api.0')).phase, 'idle');
  }),
);

it(
  'tells what is not ready in time',
  withApp(async (app) => {
    app.configure({ web: { ...SLEEPER, ready: { log: '/never/', within: '300ms' } } });
    const { code, stderr } = await app.sup('start', '-d');
    assert.is(code, 5);
    assert.match(stderr, /web\.0 ended: not ready within 0\.3 s\n/);
    await app.isGone();
  }),
);

async function withPort(test: (port: number) => Promise<void>): Promise<void> {
  const server = net.createServer().listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  try {
    await test((server.address() as net.AddressInfo).port);
  } finally {
    await new Promise((resolve) => server.close(resolve));
  }
}

const refusesPort = (app: SandboxApp) =>
  withPort(async (port) => {
    app.configure({ web: { ...SLEEPER, listen: `127.0.0.1:${port}` }, api: SLEEPER });
    const { code, stderr } = await app.sup('start', '-d');
    assert.is(code, 5);
    assert.match(stderr, new RegExp(`cannot listen on 127\\.0\\.0\\.1:${port}: another process listens`));
    await app.isGone();
  });
it('tells that a port is in use, and starts nothing', withApp(refusesPort));

it(
  'follows needs: what is needed is ready first, and stops last',
  withApp(async (app) => {
    const program = (name: string): string[] => ['sh', app.path('program'), name];
    const term = 'trap \'echo "$1 ends" >> order; exit 0\' TERM';
    app.script(
      'program',
      term,
      'echo "$1 begins" >> order',
      'echo up',
      'while :; do sleep 1000 & wait; done',
    );
    app.configure({
      web: { ...SLEEPER, command: program('web'), needs: ['api', 'db'] },
      api: { ...SLEEPER, command: program('api'), needs: 'db' },
      db: { ...SLEEPER, command: program('db') },
      other: SLEEPER,
    });
    await app.done('start', '-d', 'web');
    assert.is(app.read('order'), 'db begins\napi begins\nweb begins\n');
    assert.equal(app.lives('other'), []);
    const [db] = await app.pids('db');
    assert.ok(db && isRunning(db));
    await app.done('stop');
    const ends = app.read('order').split('\n').slice(3);
    assert.equal(ends, ['web ends', 'api ends', 'db ends', '']);
  }),
);

it.run();
