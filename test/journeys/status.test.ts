import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { missing, unless } from '../runner/needs.js';
import { runSup } from '../support/cli.js';
import { SLEEPER, slowly, withApp } from '../support/sandbox-app.js';

const it = suite('sup status, events and ls');

const NOTIFIES = `
import os, socket, time
s = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
s.connect(os.environ['NOTIFY_SOCKET'])
s.sendall(b'STATUS=Warming up')
while not os.path.exists('go'): time.sleep(0.05)
s.sendall(b'READY=1\\nSTATUS=Serving 12 clients')
time.sleep(1000)
`;

unless(missing('python3'), it)(
  'status shows what a program says of itself by sd_notify',
  withApp(async (app) => {
    app.write('program.py', NOTIFIES);
    app.configure({ web: { command: 'python3 program.py', ready: 'notify' } });
    const start = app.begin('start', '-d');
    await slowly('it lives', () => app.lives().length === 1);
    await app.becomes('web.0', ({ says }) => says === 'Warming up');
    assert.match((await app.done('status')).stdout, /web\.0 +starting .*Warming up/);
    app.touch('go');
    assert.is((await start.ended).code, 0);
    await app.becomes('web.0', ({ says }) => says === 'Serving 12 clients');
    const { stdout } = await runSup(['status'], { cwd: app.folder, env: { COLUMNS: '120' } });
    assert.match(stdout, /Serving 12 clients/);
    assert.match((await app.done('events')).stdout, /web\.0 says: Serving 12 clients/);
  }),
);

it(
  'status is asked by name from any folder, of some workers only, and by a sup.yaml elsewhere',
  withApp(async (app) => {
    app.configure({ web: { ...SLEEPER, count: 2 }, api: SLEEPER });
    await app.done('start', '-d');
    const elsewhere = { cwd: '/' };
    assert.match((await runSup(['status', '-a', app.name], elsewhere)).stdout, /web\.1/);
    const one = await runSup(['status', 'web.1', '-c', app.path('sup.yaml')], elsewhere);
    assert.match(one.stdout, /web\.1/);
    assert.not.match(one.stdout, /web\.0|api/);
    assert.is((await runSup(['status', '-a', 'no-such-app'], elsewhere)).code, 3);
    assert.is((await runSup(['status'], elsewhere)).code, 2);
  }),
);

it(
  'the table fits 80 columns',
  withApp(async (app) => {
    app.configure({ 'a-group-with-quite-a-long-name-for-a-table': { ...SLEEPER, count: 2 } });
    await app.done('start', '-d');
    const { stdout } = await runSup(['status'], { cwd: app.folder, env: { COLUMNS: '80' } });
    for (const line of stdout.split('\n')) assert.ok(line.length <= 80, line);
  }),
);

it(
  'events tell what has happened, and go on with -f',
  withApp(async (app) => {
    app.configure({ web: { ...SLEEPER, count: 2 } });
    await app.done('start', '-d');
    const { stdout } = await app.done('events');
    assert.match(stdout, /^\d{4}-\d\d-\d\dT\S+Z {2}the app started: .*sup\.yaml$/m);
    assert.match(stdout, /web\.1 starts \(pid \d+\)/);
    assert.match(stdout, /web\.1 is ready/);
    const follower = app.begin('events', '-f');
    await follower.says(/start of web done/);
    await app.done('scale', 'web=3');
    await follower.says(/web\.2 is ready/);
    await app.done('stop');
    await follower.says(/web\.2 stopped/);
    // The master is gone, and with it what it could tell.
    await follower.ended;
  }),
);

it(
  'ls names every app that runs',
  withApp(async (app) => {
    app.configure({ web: { ...SLEEPER, count: 2 } });
    await app.done('start', '-d');
    const pid = app.masterPid();
    assert.match((await app.done('ls')).stdout, new RegExp(`${app.name} +${pid} +\\S+ +2/2 .*sup\\.yaml`));
    await app.done('stop');
    assert.not.match((await app.done('ls')).stdout, new RegExp(app.name));
  }),
);

it.run();
