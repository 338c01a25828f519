import { once } from 'node:events';
import * as http from 'node:http';
import * as net from 'node:net';
import { join } from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { httpProbe, tcpProbe } from '../../src/system/probe.js';
import { openDescriptors } from '../../src/system/processes.js';
import { established, unixAccepted } from '../../src/system/sockets-table.js';
import { scratch, until } from './scratch.js';

const it = suite('probe');
const folder = scratch();
const LATE = 20_000;

async function listening(server: net.Server, path?: string) {
  server.listen(path === undefined ? { port: 0, host: '127.0.0.1' } : { path });
  await once(server, 'listening');
  const address = server.address();
  return typeof address === 'object' && address
    ? ({ kind: 'tcp', host: '127.0.0.1', port: address.port } as const)
    : ({ kind: 'unix', path: path ?? '' } as const);
}

const serving = (status: number) =>
  http.createServer((request, response) => {
    response.statusCode = status;
    response.end(`${request.url} for ${request.headers.host}`);
  });

it('gives the status, and keeps the connection until it is closed', async () => {
  const server = serving(204);
  const target = await listening(server);
  assert.is(target.kind, 'tcp');
  const port = target.kind === 'tcp' ? target.port : 0;
  const probed = await httpProbe(target, '/healthz', LATE);
  assert.is(probed.status, 204);
  const accepted = established(port).filter(({ remotePort }) => remotePort === probed.localPort);
  assert.is(accepted.length, 1);
  assert.is(accepted[0]?.localPort, port);
  assert.ok(openDescriptors(process.pid)?.has(accepted[0]?.inode ?? ''));
  probed.close();
  await until('its end', () => established(port).length === 0);
  server.close();
});

it('takes any status for an answer, and speaks through a unix socket', async () => {
  const server = serving(503);
  const path = join(folder, 'with blank.sock');
  const target = await listening(server, path);
  const probed = await httpProbe(target, '/', LATE);
  assert.equal([probed.status, probed.localPort], [503, null]);
  const accepted = [...unixAccepted(path)];
  assert.is(accepted.length, 1);
  assert.ok(openDescriptors(process.pid)?.has(accepted[0] ?? ''));
  probed.close();
  await until('its end', () => unixAccepted(path).size === 0);
  server.close();
});

it('does not see a connection that nobody has accepted yet', async () => {
  const { hold } = await import('../../src/system/held.js');
  const held = hold({ kind: 'tcp', host: '127.0.0.1', port: 0 });
  const port = held.port ?? 0;
  const probed = await tcpProbe({ kind: 'tcp', host: '0.0.0.0', port }, LATE);
  assert.ok((probed.localPort ?? 0) > 0);
  assert.equal(established(port), []);
  probed.close();
  held.close();
});

it('gives up on a server that accepts and is silent', async () => {
  const sockets: net.Socket[] = [];
  const server = net.createServer((socket) => sockets.push(socket));
  const target = await listening(server);
  assert.is(await refusal(httpProbe(target, '/', 100)), 'ETIMEDOUT');
  for (const socket of sockets) socket.destroy();
  server.close();
});

it('says why nobody answers', async () => {
  const server = net.createServer();
  const target = await listening(server);
  server.close();
  await once(server, 'close');
  assert.is(await refusal(tcpProbe(target, LATE)), 'ECONNREFUSED');
  assert.is(await refusal(httpProbe(target, '/', LATE)), 'ECONNREFUSED');
  assert.is(await refusal(tcpProbe({ kind: 'unix', path: join(folder, 'absent') }, LATE)), 'ENOENT');
});

it('does not take for an answer what is no HTTP, or a hang-up', async () => {
  const server = net.createServer((socket) => socket.end('hello\r\n'));
  const target = await listening(server);
  assert.match(await refusal(httpProbe(target, '/', LATE)), /^HPE_/);
  server.close();
  const closing = net.createServer((socket) => socket.destroy());
  assert.is(await refusal(httpProbe(await listening(closing), '/', LATE)), 'ECONNRESET');
  closing.close();
});

const refusal = (probe: Promise<unknown>): Promise<string> =>
  probe.then(
    () => 'answered',
    (error: NodeJS.ErrnoException) => error.code ?? error.message,
  );

it.run();
