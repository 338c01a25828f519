import { once } from 'node:events';
import * as net from 'node:net';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { connect } from '../../src/system/connection.js';
import { until } from './scratch.js';

const it = suite('connection');
const LATE = 20_000;

async function toServer(accept: (socket: net.Socket) => void) {
  const server = net.createServer(accept).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as net.AddressInfo;
  const target = { kind: 'tcp', host: '127.0.0.1', port } as const;
  const connection = await connect(target, LATE, new AbortController().signal);
  return { connection, server };
}

const failure = (promise: Promise<number>): Promise<string> =>
  promise.then(
    (status) => `status ${status}`,
    (error: Error) => error.message,
  );

it('gives the status of an answer', async () => {
  const { connection, server } = await toServer((socket) => {
    socket.once('data', () => socket.end('HTTP/1.1 204 No Content\r\n\r\n'));
  });
  assert.is(await connection.get('/healthz', LATE), 204);
  connection.close();
  server.close();
});

it('fails at once when the other side was gone before it was asked', async () => {
  const { connection, server } = await toServer((socket) => socket.destroy());
  await until('its end', () => connection.ended());
  assert.match(await failure(connection.get('/', LATE)), /closed before/);
  server.close();
});

it('fails when the other side goes while it is asked', async () => {
  const { connection, server } = await toServer((socket) => socket.once('data', () => socket.destroy()));
  assert.match(await failure(connection.get('/', LATE)), /closed before|hang up|ECONNRESET/);
  server.close();
});

it('gives up on a server that is silent', async () => {
  const { connection, server } = await toServer((socket) => socket.on('error', () => {}).resume());
  assert.is(await failure(connection.get('/', 50)), 'no answer after 50 ms');
  server.close();
});

it.run();
