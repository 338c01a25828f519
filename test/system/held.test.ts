import { once } from 'node:events';
import { existsSync, statSync, writeFileSync } from 'node:fs';
import * as net from 'node:net';
import { join } from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { type Held, heldKey, hold } from '../../src/system/held.js';
import { signalGroup } from '../../src/system/processes.js';
import { spawnChild } from '../../src/system/spawn.js';
import { cleanEnvironment, exitOf, mortal, nextLine, scratch, startNode } from './scratch.js';

const it = suite('held');
const folder = scratch();

const loopback = { kind: 'tcp', host: '127.0.0.1', port: 0 } as const;
const unix = (name: string, more = {}) =>
  ({ kind: 'unix', path: join(folder, name), mode: 0o600, user: null, group: null, ...more }) as const;

const NODE = [
  process.execPath,
  '-e',
  `require('http').createServer((q, s) => s.end('by node')).listen({ fd: 3 })`,
];
const PYTHON = [
  'python3',
  '-c',
  `import socket
s = socket.socket(fileno=3)
while True:
    c, _ = s.accept()
    c.recv(1000)
    c.sendall(b'HTTP/1.1 200 OK\\r\\nContent-Length: 9\\r\\n\\r\\nby python')
    c.close()`,
];

/** A request that is sent while nobody accepts, and answered by a child that got the descriptor. */
async function servedLater(
  held: Held,
  argv: readonly string[],
  address: net.NetConnectOpts,
): Promise<string> {
  const client = net.connect(address);
  await once(client, 'connect');
  client.write('GET / HTTP/1.0\r\n\r\n');
  const stdio = ['ignore', 'ignore', 2, held.fd] as const;
  const child = mortal(spawnChild({ argv, cwd: '/', env: cleanEnvironment(), stdio }));
  let answer = '';
  client.on('data', (bytes) => {
    answer += bytes;
  });
  try {
    await once(client, 'close');
  } finally {
    signalGroup(child, 'SIGKILL');
  }
  return answer;
}

it('lets a connection wait until a Node child serves it', async () => {
  const held = hold(loopback);
  const answer = await servedLater(held, NODE, { host: '127.0.0.1', port: held.port ?? 0 });
  assert.match(answer, /by node$/);
  held.close();
});

it('hands on a blocking socket, as programs expect that do not know of Node', async () => {
  const held = hold(loopback);
  assert.match(await servedLater(held, PYTHON, { host: '127.0.0.1', port: held.port ?? 0 }), /by python$/);
  held.close();
});

it('does the same with a unix socket', async () => {
  const held = hold(unix('web.sock'));
  assert.is(held.port, null);
  assert.match(await servedLater(held, NODE, { path: join(folder, 'web.sock') }), /by node$/);
  held.close();
  assert.not.ok(existsSync(join(folder, 'web.sock')));
});

it('says EADDRINUSE for a port that is taken', () => {
  const held = hold(loopback);
  assert.throws(() => hold({ ...loopback, port: held.port ?? 0 }), hasCode('EADDRINUSE'));
  held.close();
  hold({ ...loopback, port: held.port ?? 0 }).close();
});

it('says EADDRNOTAVAIL for an address that is not of this machine', () => {
  assert.throws(() => hold({ ...loopback, host: '192.0.2.1' }), hasCode('EADDRNOTAVAIL'));
  assert.throws(() => hold({ ...loopback, host: 'no-address' }), hasCode('EADDRNOTAVAIL'));
});

it('says EADDRINUSE for a unix socket that answers, and leaves it', () => {
  const held = hold(unix('answers.sock'));
  assert.throws(() => hold(unix('answers.sock')), hasCode('EADDRINUSE'));
  assert.ok(existsSync(join(folder, 'answers.sock')));
  held.close();
});

it('replaces the unix socket that a killed process left', async () => {
  const left = startNode(
    `import { hold } from 'SYSTEM/held.js';
     hold(JSON.parse(process.argv[1]));
     console.log('held');
     setInterval(() => {}, 1000);`,
    JSON.stringify(unix('left.sock')),
  );
  await nextLine(left);
  left.kill('SIGKILL');
  await exitOf(left);
  assert.ok(existsSync(join(folder, 'left.sock')));
  hold(unix('left.sock')).close();
});

it('never removes what is no socket', () => {
  writeFileSync(join(folder, 'file'), 'precious');
  assert.throws(() => hold(unix('file')), hasCode('EADDRINUSE'));
  assert.ok(existsSync(join(folder, 'file')));
});

it('gives a unix socket its mode and its owner', () => {
  const umask = process.umask(0o077);
  const owner = process.geteuid?.() === 0 ? { user: 'nobody', group: '3999999' } : {};
  const held = hold(unix('shared.sock', { mode: 0o660, ...owner }));
  const stat = statSync(join(folder, 'shared.sock'));
  assert.is(stat.mode & 0o777, 0o660);
  if ('user' in owner) assert.equal([stat.uid, stat.gid], [65534, 3999999]);
  held.close();
  assert.is(process.umask(umask), 0o077);
});

it('refuses a path that is too long, and a user that is not there', () => {
  assert.throws(() => hold(unix('x'.repeat(110))), hasCode('ENAMETOOLONG'));
  assert.throws(() => hold(unix('nobody.sock', { user: 'nobody-has-this-name' })), hasCode('EINVAL'));
  assert.not.ok(existsSync(join(folder, 'nobody.sock')));
});

it('has a key for each address', () => {
  assert.is(heldKey({ kind: 'tcp', host: '0.0.0.0', port: 3000 }), 'tcp:0.0.0.0:3000');
  assert.is(heldKey({ kind: 'tcp', host: '::1', port: 80 }), 'tcp:[::1]:80');
  assert.is(heldKey({ ...unix('a'), path: '/run/a' }), 'unix:/run/a');
});

const hasCode = (code: string) => (error: unknown) => (error as NodeJS.ErrnoException).code === code;

it.run();
