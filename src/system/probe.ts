import * as http from 'node:http';
import * as net from 'node:net';
import { constants } from 'node:os';
import type { Millis } from './clock.js';
import { osError } from './os-error.js';

export type Target =
  | { readonly kind: 'tcp'; readonly host: string; readonly port: number }
  | { readonly kind: 'unix'; readonly path: string };

/** An open connection to what was probed; our end of it, so that its acceptor can be looked up until close(). */
export type Probed = { readonly localPort: number | null; close(): void };
export type HttpProbed = Probed & { readonly status: number };

/** Rejects with `code` when nothing accepts in time: ECONNREFUSED, ENOENT, ETIMEDOUT, … */
export const tcpProbe = (target: Target, timeout: Millis): Promise<Probed> =>
  within(timeout, target, (socket, done) => {
    socket.once('connect', () => done(probed(socket)));
  });

/** GET; any status is an answer. Rejects when there is none in time. */
export const httpProbe = (target: Target, path: string, timeout: Millis): Promise<HttpProbed> =>
  within(timeout, target, (socket, done, fail) => {
    const request = http.get({
      path,
      createConnection: () => socket,
      headers: { host: hostOf(target), connection: 'keep-alive', 'user-agent': 'sup' },
    });
    request.once('error', fail);
    /** The body is not read: that would free the socket. */
    request.once('response', ({ statusCode = 0 }) => done({ ...probed(socket), status: statusCode }));
  });

type Attempt<T> = (socket: net.Socket, done: (result: T) => void, fail: (error: Error) => void) => void;

function within<T>(timeout: Millis, target: Target, attempt: Attempt<T>): Promise<T> {
  const socket = net.connect(addressOf(target));
  return new Promise<T>((done, fail) => {
    const late = () => fail(osError(-constants.errno.ETIMEDOUT, 'probe', nameOf(target)));
    const timer = setTimeout(late, timeout);
    socket.once('close', () => clearTimeout(timer));
    socket.on('error', fail);
    attempt(
      socket,
      (result) => {
        clearTimeout(timer);
        done(result);
      },
      fail,
    );
  }).catch((error) => {
    socket.destroy();
    throw error;
  });
}

const probed = (socket: net.Socket): Probed => ({
  localPort: socket.localPort ?? null,
  close: () => socket.destroy(),
});

/** Who listens on every address answers on loopback. */
const LOOPBACK: Partial<Record<string, string>> = { '0.0.0.0': '127.0.0.1', '::': '::1' };

const addressOf = (target: Target): net.NetConnectOpts =>
  target.kind === 'unix'
    ? { path: target.path }
    : { host: LOOPBACK[target.host] ?? target.host, port: target.port };

const hostOf = (target: Target) => (target.kind === 'unix' ? 'localhost' : nameOf(target));

function nameOf(target: Target): string {
  if (target.kind === 'unix') return target.path;
  return `${net.isIPv6(target.host) ? `[${target.host}]` : target.host}:${target.port}`;
}
