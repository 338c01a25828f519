import { fstatSync, readlinkSync } from 'node:fs';
import { createServer, type ListenOptions, type Server, Socket } from 'node:net';
import { join } from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { tcpInode, unixPeerInode } from '../../src/system/socket-diag.js';
import { scratch } from './scratch.js';

const it = suite('sock_diag');
const folder = scratch();

const fdOf = (socket: Socket): number => (socket as Socket & { _handle: { fd: number } })._handle.fd;
const inodeOf = (socket: Socket) => /\d+/.exec(readlinkSync(`/proc/self/fd/${fdOf(socket)}`))?.[0];
const ends = ({ localAddress = '', localPort = 0, remoteAddress = '', remotePort = 0 }: Socket) =>
  [
    { address: localAddress, port: localPort },
    { address: remoteAddress, port: remotePort },
  ] as const;

/** Both ends of a connection to a server that listens so. */
async function connected(
  where: ListenOptions,
  use: (client: Socket, accepted: Socket) => void,
): Promise<void> {
  const server = createServer();
  const both = new Promise<[Socket, Socket]>((resolve, reject) => {
    server.on('error', reject).listen(where, () => {
      const client = new Socket().on('error', reject);
      server.once('connection', (accepted) => setImmediate(() => resolve([client, accepted])));
      client.connect(
        where.path === undefined ? { port: portOf(server), host: where.host ?? '' } : { path: where.path },
      );
    });
  });
  try {
    const [client, accepted] = await both;
    use(client, accepted);
    client.destroy();
    accepted.destroy();
  } finally {
    server.close();
  }
}

function portOf(server: Server): number {
  const address = server.address();
  return typeof address === 'object' && address !== null ? address.port : 0;
}

for (const host of ['127.0.0.1', '::1'])
  it(`names both sockets of a connection over ${host}`, () =>
    connected({ port: 0, host }, (client, accepted) => {
      assert.is(tcpInode(...ends(client)), inodeOf(client));
      assert.is(tcpInode(...ends(accepted)), inodeOf(accepted));
    }));

it('does not take the listening socket for a connection', () =>
  connected({ port: 0, host: '127.0.0.1' }, (_, accepted) => {
    const [own] = ends(accepted);
    assert.is(tcpInode(own, { address: '127.0.0.1', port: 1 }), null);
  }));

it('names the other end of a unix connection', () =>
  connected({ path: join(folder, 'a b') }, (client, accepted) => {
    assert.is(unixPeerInode(fstatSync(fdOf(client)).ino), inodeOf(accepted));
    assert.is(unixPeerInode(1), null);
  }));

it.run();
