import { request } from 'node:http';
import { Socket } from 'node:net';
import type { Millis, Target } from '../config/app.js';
import { after } from './clock.js';
import { placeOf } from './raw-file.js';
import type { TcpEnd } from './socket-diag.js';

/**
 * A connection to a server that says nothing at first: who accepted it can be looked up before anything is
 * asked, while it is sure to be open (many a server closes as soon as it has answered).
 */
export type Connection = {
  readonly ends: Ends;
  /** The other side closed it. */
  ended(): boolean;
  /** The status of the answer to GET `path`. */
  get(path: string, timeout: Millis): Promise<number>;
  close(): void;
};

export type Ends =
  | { readonly kind: 'tcp'; readonly own: TcpEnd; readonly peer: TcpEnd }
  /** The inode of our end. */
  | { readonly kind: 'unix'; readonly inode: number }
  /** The other end is not on this machine, or in another network namespace. */
  | { readonly kind: 'elsewhere' };

/** Rejects when nobody listens, after `timeout`, and on `aborted`. */
export function connect(target: Target, timeout: Millis, aborted: AbortSignal): Promise<Connection> {
  const socket = new Socket();
  const abort = () => void socket.destroy(new Error('no longer wanted'));
  aborted.addEventListener('abort', abort);
  socket.once('close', () => aborted.removeEventListener('abort', abort));
  return new Promise((resolve, reject) => {
    socket.on('error', reject);
    socket.setTimeout(timeout, () => socket.destroy(new Error(`no connection after ${timeout} ms`)));
    socket.connect(target, () => resolve(connection(socket.setTimeout(0), target)));
  });
}

function connection(socket: Socket, target: Target): Connection {
  let ended = false;
  socket.once('close', () => (ended = true));
  // Unread, it would never notice the end.
  socket.once('end', () => (ended = true)).resume();
  return {
    ends: endsOf(socket, target),
    ended: () => ended,
    get: (path, timeout) => get(socket, target, path, timeout),
    close: () => void socket.destroy(),
  };
}

/** The kernel gives a connection to one of our own addresses that very address as its source. */
function endsOf(socket: Socket, { kind }: Target): Ends {
  if (kind === 'unix') return { kind, inode: inodeOf(socket) };
  const own = { address: socket.localAddress ?? '', port: socket.localPort ?? 0 };
  const peer = { address: socket.remoteAddress ?? '', port: socket.remotePort ?? 0 };
  const local = own.address === peer.address || /^(::ffff:)?127\./.test(peer.address);
  return local ? { kind, own, peer } : { kind: 'elsewhere' };
}

/** Node keeps its descriptor to itself. */
function inodeOf(socket: Socket & { _handle?: { fd: number } }): number {
  return placeOf(socket._handle?.fd ?? -1)?.inode ?? 0;
}

/** A socket that is closed already tells nobody any more: node:http would wait for ever. */
function get(socket: Socket, target: Target, path: string, timeout: Millis): Promise<number> {
  const headers = { host: target.kind === 'tcp' ? authority(target) : 'localhost' };
  return new Promise<number>((resolve, reject) => {
    if (socket.destroyed) reject(new Error('closed before it was asked'));
    socket.once('close', () => reject(new Error('closed before it answered')));
    const late = after(timeout, () => socket.destroy(new Error(`no answer after ${timeout} ms`)));
    request({ createConnection: () => socket, path, headers })
      .on('response', (response) => resolve(response.statusCode ?? 0))
      .on('error', reject)
      .on('close', () => late.cancel())
      .end();
  });
}

const authority = ({ host, port }: { host: string; port: number }): string =>
  `${host.includes(':') ? `[${host}]` : host}:${port}`;
