import { request } from 'node:http';
import { Socket } from 'node:net';
import type { Millis, Target } from '../../config/app.js';

/**
 * A connection to a server that says nothing at first: who accepted it can be looked up before anything is
 * asked, while it is sure to be open (many a server closes as soon as it has answered).
 */
export type Connection = {
  /** Null on a unix socket. */
  readonly localPort: number | null;
  /** The other side closed it. */
  ended(): boolean;
  /** The status of the answer to GET `path`. */
  get(path: string, timeout: Millis): Promise<number>;
  close(): void;
};

/** Rejects when nobody listens, after `timeout`, and on `aborted`. */
export function connect(target: Target, timeout: Millis, aborted: AbortSignal): Promise<Connection> {
  const socket = new Socket({ signal: aborted });
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
    localPort: socket.localPort ?? null,
    ended: () => ended,
    get: (path, timeout) => get(socket, target, path, timeout),
    close: () => void socket.destroy(),
  };
}

function get(socket: Socket, target: Target, path: string, timeout: Millis): Promise<number> {
  const headers = { host: target.kind === 'tcp' ? authority(target) : 'localhost' };
  return new Promise((resolve, reject) => {
    request({ createConnection: () => socket, path, headers, timeout })
      .on('response', (response) => resolve(response.statusCode ?? 0))
      .on('timeout', () => socket.destroy(new Error(`no answer after ${timeout} ms`)))
      .on('error', reject)
      .end();
  });
}

const authority = ({ host, port }: { host: string; port: number }): string =>
  `${host.includes(':') ? `[${host}]` : host}:${port}`;
