import { existsSync } from 'node:fs';
import net from 'node:net';
import { dirname, join } from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import type { GroupConfig, Listen } from '../../src/config/app.js';
import type { SupError } from '../../src/errors/sup-error.js';
import { addressOf, HeldSockets } from '../../src/master/held-sockets.js';
import { someConfig } from '../group/some-config.js';
import { freePort } from '../support/free-port.js';
import { scratch } from '../system/scratch.js';

const it = suite('held sockets');

const tcp = (port: number, host = '127.0.0.1'): Listen => ({ name: 'http', kind: 'tcp', host, port });
const unix = (path: string): Listen => ({
  name: 'u',
  kind: 'unix',
  path,
  mode: 0o600,
  user: null,
  group: null,
});
const of = (...listen: Listen[]): GroupConfig => someConfig({ listen });

const takesConnections = (target: net.NetConnectOpts): Promise<boolean> =>
  new Promise((resolve) => {
    const socket = net.connect(target, () => resolve(!!socket.destroy()));
    socket.on('error', () => resolve(false));
  });
const onPort = (port: number) => takesConnections({ host: '127.0.0.1', port });

function problemOf(action: () => void): SupError {
  try {
    action();
  } catch (error) {
    return error as SupError;
  }
  throw new Error('no error');
}

async function occupied(): Promise<{ port: number; free(): void }> {
  const server = net.createServer().listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  return { port: (server.address() as net.AddressInfo).port, free: () => server.close() };
}

it('binds what is asked for, and gives the descriptors in the order of the config', async () => {
  const sockets = new HeldSockets();
  const ports = [await freePort(), await freePort()].map((port) => tcp(port));
  sockets.ensure([of(...ports)]);
  const fds = sockets.descriptors(of(...ports));
  assert.equal(sockets.descriptors(of(...ports.toReversed())), fds.toReversed());
  for (const listen of ports) assert.ok(listen.kind === 'tcp' && (await onPort(listen.port)));
  sockets.keepOnly([]);
  for (const listen of ports) assert.not(listen.kind === 'tcp' && (await onPort(listen.port)));
});

it('binds an address once, and keeps it when it is asked for again', async () => {
  const sockets = new HeldSockets();
  const config = of(tcp(await freePort()));
  sockets.ensure([config]);
  const before = sockets.descriptors(config);
  sockets.ensure([config, config]);
  sockets.keepOnly([config]);
  assert.equal(sockets.descriptors(config), before);
  sockets.keepOnly([]);
});

it('binds all or nothing, and names each problem', async () => {
  const sockets = new HeldSockets();
  const free = await freePort();
  const [a, b] = [await occupied(), await occupied()];
  const error = problemOf(() => sockets.ensure([of(tcp(free), tcp(a.port)), of(tcp(b.port))]));
  assert.is(error.code, 'E_START_FAILED');
  assert.is(
    error.message,
    [a, b].map(({ port }) => `cannot listen on 127.0.0.1:${port}: another process listens there`).join('\n'),
  );
  assert.not(await onPort(free));
  assert.throws(() => sockets.descriptors(of(tcp(free))), `its socket http (127.0.0.1:${free}) is not open`);
  a.free();
  b.free();
  sockets.ensure([of(tcp(free), tcp(a.port)), of(tcp(b.port))]);
  sockets.keepOnly([]);
});

it('leaves alone what it held before when something new cannot be had', async () => {
  const sockets = new HeldSockets();
  const old = await freePort();
  const other = await occupied();
  sockets.ensure([of(tcp(old))]);
  problemOf(() => sockets.ensure([of(tcp(old), tcp(other.port))]));
  assert.ok(await onPort(old));
  sockets.keepOnly([]);
  other.free();
});

it('says when it is in its own way', async () => {
  const sockets = new HeldSockets();
  const port = await freePort();
  sockets.ensure([of(tcp(port))]);
  const { message } = problemOf(() => sockets.ensure([of(tcp(port, '0.0.0.0'))]));
  assert.is(
    message,
    `cannot listen on 0.0.0.0:${port}: this app holds 127.0.0.1:${port} until it is stopped as a whole`,
  );
  sockets.keepOnly([]);
});

it('names the reason of an address that is not here, and of a folder that is not there', () => {
  const sockets = new HeldSockets();
  const elsewhere = problemOf(() => sockets.ensure([of(tcp(3000, '192.0.2.1'))]));
  assert.is(elsewhere.message, 'cannot listen on 192.0.2.1:3000: this machine has no such address');
  const path = join(scratch(), 'none', 'x.sock');
  const { message } = problemOf(() => sockets.ensure([of(unix(path))]));
  assert.is(message, `cannot listen on ${path}: the folder ${dirname(path)} does not exist`);
});

it('removes the file of a Unix socket with the socket, and only of that', async () => {
  const sockets = new HeldSockets();
  const [a, b] = ['a', 'b'].map((name) => unix(join(scratch(), name))) as [Listen, Listen];
  sockets.ensure([of(a, b)]);
  assert.equal([existsSync(addressOf(a)), existsSync(addressOf(b))], [true, true]);
  sockets.keepOnly([of(b)]);
  assert.equal([existsSync(addressOf(a)), existsSync(addressOf(b))], [false, true]);
  assert.ok(await takesConnections({ path: addressOf(b) }));
  sockets.keepOnly([]);
  assert.not(existsSync(addressOf(b)));
});

it('writes addresses as people do', () => {
  assert.is(addressOf(tcp(80)), '127.0.0.1:80');
  assert.is(addressOf(tcp(80, '::1')), '[::1]:80');
  assert.is(addressOf(unix('/run/x.sock')), '/run/x.sock');
});

it.run();
