import { mkdirSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { connectControl } from '../../src/control/client.js';
import { serveControl } from '../../src/control/server.js';
import { scratch, startNode, until } from '../system/scratch.js';
import { failure } from './failure.js';
import { fakeControl } from './fake-control.js';

const it = suite('client');
const quiet = () => {};

it('says that no master runs where there is no socket', async () => {
  const error = await failure(connectControl(join(scratch(), 'none', 'control.sock')));
  assert.equal([error.code, error.exitCode, error.hint], ['E_NO_MASTER', 3, 'start it with `sup start -d`']);
});

it('says that no master runs where nobody serves the socket any more', async () => {
  const path = join(scratch(), 'control.sock');
  const dead = startNode(
    `import net from 'node:net'; net.createServer().listen(process.argv[1], () => process.kill(process.pid, 'SIGKILL'))`,
    path,
  );
  await until('its death', () => dead.signalCode);
  assert.is((await failure(connectControl(path))).code, 'E_NO_MASTER');
});

it('says so when the master goes away in the middle', async () => {
  const path = join(scratch(), 'app', 'control.sock');
  const { control, asked } = fakeControl({ stop: () => new Promise(() => {}) });
  const server = await serveControl(path, control);
  const client = await connectControl(path);
  const stopped = failure(client.stop({ names: [], graceful: true, now: false }, quiet));
  await until('the request', () => asked.length === 1);
  await server.close();
  const error = await stopped;
  assert.is(error.code, 'E_FAILED');
  assert.is(error.message, 'the master ended before it had answered `stop`');
  assert.is((await failure(client.hello({}, quiet))).code, 'E_NO_MASTER');
});

it('takes an error code that it does not know as E_FAILED', async () => {
  const folder = join(scratch(), 'app');
  mkdirSync(folder);
  const path = join(folder, 'control.sock');
  const newer = createServer((socket) => {
    socket.on('error', quiet);
    socket.once('data', () => socket.end('{"error":{"code":"E_FROM_THE_FUTURE","message":"new"}}\n'));
  });
  await new Promise<void>((done) => newer.listen(path, done));
  const error = await failure((await connectControl(path)).hello({}, quiet));
  assert.equal([error.code, error.message], ['E_FAILED', 'new']);
  await new Promise((done) => newer.close(done));
});

it.run();
