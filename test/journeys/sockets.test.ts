import { statSync } from 'node:fs';
import net from 'node:net';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { missing, unless } from '../runner/needs.js';
import { ask } from '../support/ask.js';
import { eventually } from '../support/eventually.js';
import { freePort } from '../support/free-port.js';
import { look } from '../support/proc.js';
import { withApp } from '../support/sandbox-app.js';

const it = suite('held sockets');

const PYTHON = `
import os, socket
assert os.environ['LISTEN_PID'] == str(os.getpid()), os.environ['LISTEN_PID']
names = os.environ['LISTEN_FDNAMES'].split(':')
assert len(names) == int(os.environ['LISTEN_FDS']) == 2, names
public = socket.socket(fileno=3 + names.index('public'))
admin = socket.socket(fileno=3 + names.index('admin'))
assert public.family == socket.AF_INET and admin.family == socket.AF_UNIX
print('up', flush=True)
while True:
    for server in (public, admin):
        peer, _ = server.accept()
        peer.sendall(b'%d %s' % (os.getpid(), b'public' if server is public else b'admin'))
        peer.close()
`;

function answerOf(where: net.NetConnectOpts): Promise<string> {
  return new Promise((resolve, reject) => {
    let text = '';
    const socket = net.connect(where);
    socket.setEncoding('utf8').on('data', (bytes: string) => (text += bytes));
    socket.on('error', reject).on('close', () => resolve(text));
  });
}

unless(missing('python3'), it)(
  'a Python program finds them by LISTEN_FDS, LISTEN_PID and LISTEN_FDNAMES; a Unix socket has its mode',
  withApp(async (app) => {
    const port = await freePort();
    const path = app.path('admin.sock');
    app.write('server.py', PYTHON);
    const listen = { public: `127.0.0.1:${port}`, admin: { unix: 'admin.sock', mode: '0640' } };
    app.configure({ web: { command: 'python3 server.py', listen, ready: { log: '/up/' } } });
    await app.done('start', '-d');
    const [pid] = await app.pids();
    assert.is(await answerOf({ host: '127.0.0.1', port }), `${pid} public`);
    assert.is(await answerOf({ path }), `${pid} admin`);
    assert.is(statSync(path).mode & 0o777, 0o640);
    assert.equal((await app.group('web')).listen, [`127.0.0.1:${port}`, path]);
    await app.done('stop');
    assert.not.ok(app.has('admin.sock'));
  }),
);

it(
  'a shell program finds them, and the master never takes a connection away',
  withApp(async (app) => {
    const port = await freePort();
    app.script(
      'program',
      'echo "$LISTEN_FDS $LISTEN_PID $$" > found',
      'readlink /proc/$$/fd/3 >> found',
      'echo up',
      'exec sleep 1000',
    );
    app.configure({ web: { command: './program', listen: port, ready: { log: '/up/' } } });
    await app.done('start', '-d');
    const [pid] = await app.pids();
    const [first, second] = app.read('found').split('\n');
    assert.is(first, `1 ${pid} ${pid}`);
    assert.match(second ?? '', /^socket:/);
    // In the backlog: connected, and nobody answers.
    const socket = net.connect({ host: '127.0.0.1', port });
    await new Promise((resolve) => socket.once('connect', resolve));
    socket.destroy();
  }),
);

it(
  'an ordinary Node program that knows nothing of sup is served through them, also while its workers change',
  withApp(async (app) => {
    const port = await freePort();
    const server =
      "require('http').createServer((q, a) => a.end(String(process.pid))).listen(process.argv[2])";
    app.write('server.cjs', server);
    app.configure({ web: { command: `node server.cjs ${port}`, listen: `127.0.0.1:${port}`, count: 2 } });
    await app.done('start', '-d');
    const [before, served] = [await app.pids(), new Set<number>()];
    await eventually('both have answered', async () => {
      served.add(Number((await ask(port)).body));
      return before.every((pid) => served.has(pid));
    });
    await app.done('reload');
    const after = await app.pids();
    assert.ok(after.includes(Number((await ask(port)).body)));
    assert.is(look(after[0] ?? 0)?.environment['LISTEN_FDS'], '1');
  }),
);

it(
  'another address takes the place of the old one, which is closed',
  withApp(async (app) => {
    const [one, two] = [await freePort(), await freePort()];
    const program =
      "const s = require('http').createServer((q, a) => a.end('ok')); s.listen(process.env.PORT)";
    app.write('server.cjs', program);
    const web = (port: number): object => ({
      command: 'node server.cjs',
      listen: `127.0.0.1:${port}`,
      env: { PORT: `${port}` },
    });
    app.configure({ web: web(one) });
    await app.done('start', '-d');
    app.configure({ web: web(two) });
    await app.done('apply');
    assert.is((await ask(two)).body, 'ok');
    await eventually('the old one is closed', () =>
      ask(one).then(
        () => false,
        () => true,
      ),
    );
  }),
);

it.run();
