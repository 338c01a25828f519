import { existsSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { type NotifyMessage, openNotify } from '../../src/system/notify-socket.js';
import { runCommand } from '../../src/system/spawn.js';
import { cleanEnvironment, exitOf, nextLine, scratch, start, until } from './scratch.js';

const it = suite('notify-socket');
const folder = scratch();

function opened(name: string) {
  const messages: NotifyMessage[] = [];
  const socket = openNotify(join(folder, name), (message) => messages.push(message));
  return { socket, messages, env: cleanEnvironment({ NOTIFY_SOCKET: socket.path }) };
}

const PYTHON = `
import os, socket, sys
s = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
name = os.environ['NOTIFY_SOCKET']
s.connect('\\0' + name[1:] if name[0] == '@' else name)
for text in sys.argv[1:]: s.send(text.encode())
print(os.getpid(), flush=True)
`;

it('is private, and gone when it is closed', () => {
  const { socket } = opened('private.sock');
  assert.is(statSync(socket.path).mode & 0o777, 0o600);
  socket.close();
  assert.not.ok(existsSync(socket.path));
});

it('has an abstract name, without a file, for workers who cannot enter its folder', async () => {
  const messages: NotifyMessage[] = [];
  const path = `@sup-test-${process.pid}`;
  const socket = openNotify(path, (message) => messages.push(message));
  const sender = start('python3', ['-c', PYTHON, 'READY=1'], {
    env: cleanEnvironment({ NOTIFY_SOCKET: path }),
  });
  await exitOf(sender);
  await until('a message', () => messages.length === 1);
  assert.is(messages[0]?.text, 'READY=1');
  socket.close();
});

it('hears a process, and knows its pid though that is gone already', async () => {
  const { socket, messages, env } = opened('python.sock');
  const sender = start('python3', ['-c', PYTHON, 'READY=1', 'STATUS=grün\nMAINPID=5'], { env });
  const pid = Number(await nextLine(sender));
  await exitOf(sender);
  await until('two messages', () => messages.length === 2);
  const uid = process.geteuid?.() ?? -1;
  assert.equal(messages, [
    { pid, uid, text: 'READY=1' },
    { pid, uid, text: 'STATUS=grün\nMAINPID=5' },
  ]);
  socket.close();
});

it('hears systemd-notify, which waits until its message was taken', async () => {
  const { socket, messages, env } = opened('systemd.sock');
  const result = await runCommand(['systemd-notify', '--ready', '--status=up'], { env, timeout: 20_000 });
  if (result.code === null && !result.timedOut) return socket.close();
  assert.is(result.code, 0, result.stderr);
  assert.ok(messages.some(({ text }) => text === 'READY=1\nSTATUS=up'));
  socket.close();
});

it('loses nothing of many, and keeps their order', async () => {
  const { socket, messages, env } = opened('many.sock');
  const texts = Array.from({ length: 500 }, (_, index) => `STATUS=${index}`);
  start('python3', ['-c', PYTHON, ...texts], { env });
  await until('all of them', () => messages.length === texts.length);
  assert.equal(
    messages.map(({ text }) => text),
    texts,
  );
  socket.close();
});

it('takes the place of one that was left behind, not of one that listens', () => {
  const { socket } = opened('twice.sock');
  assert.throws(() => opened('twice.sock'), /EADDRINUSE/);
  socket.close();
});

it.run();
