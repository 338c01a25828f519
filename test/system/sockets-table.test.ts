import { once } from 'node:events';
import * as net from 'node:net';
import { join } from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { hold } from '../../src/system/held.js';
import { openDescriptors } from '../../src/system/processes.js';
import { established, unixAccepted } from '../../src/system/sockets-table.js';
import { scratch, until } from './scratch.js';

const it = suite('sockets-table');
const folder = scratch();

it('knows an accepted tcp connection by both ports, and its inode is one of our descriptors', async () => {
  const server = net.createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as net.AddressInfo;
  const client = net.connect(port, '127.0.0.1');
  const [accepted] = (await once(server, 'connection')) as [net.Socket];
  const rows = established(port).filter(({ remotePort }) => remotePort === client.localPort);
  assert.is(rows.length, 1);
  assert.is(rows[0]?.localPort, port);
  assert.ok(openDescriptors(process.pid)?.has(rows[0]?.inode ?? ''));
  client.destroy();
  accepted.destroy();
  server.close();
  await until('its end', () => established(port).length === 0);
});

it('knows the accepted connections of a unix socket by its path, blanks and all', async () => {
  const path = join(folder, 'with blank.sock');
  const server = net.createServer().listen(path);
  await once(server, 'listening');
  const client = net.connect(path);
  const [accepted] = (await once(server, 'connection')) as [net.Socket];
  const inodes = [...unixAccepted(path)];
  assert.is(inodes.length, 1);
  assert.ok(openDescriptors(process.pid)?.has(inodes[0] ?? ''));
  client.destroy();
  accepted.destroy();
  server.close();
  await until('its end', () => unixAccepted(path).size === 0);
});

it('does not see a connection that nobody has accepted yet', async () => {
  const held = hold({ kind: 'tcp', host: '127.0.0.1', port: 0 });
  const client = net.connect(held.port ?? 0, '127.0.0.1');
  await once(client, 'connect');
  assert.equal(established(held.port ?? 0), []);
  client.destroy();
  held.close();
});

it.run();
