import { chownSync } from 'node:fs';
import * as net from 'node:net';
import { constants } from 'node:os';
import { listen, setNonBlocking } from './libc.js';
import { osError } from './os-error.js';
import { clearSocketPath } from './unix-socket.js';
import { findGroup, findUser } from './users.js';

export type Listen = TcpListen | UnixListen;

/** A listening socket that its holder never accepts on: clients wait in the backlog for whoever got the fd. */
export type Held = {
  readonly key: string;
  readonly fd: number;
  /** The real one where port 0 was asked for; null for unix. */
  readonly port: number | null;
  close(): void;
};

type TcpListen = { readonly kind: 'tcp'; readonly host: string; readonly port: number };
type UnixListen = {
  readonly kind: 'unix';
  readonly path: string;
  readonly mode: number;
  readonly user: string | null;
  readonly group: string | null;
};

const BACKLOG = 511;

/** Throws with `code`: EADDRINUSE, EACCES, EADDRNOTAVAIL, … */
export function hold(socket: Listen): Held {
  const handle = socket.kind === 'tcp' ? bindTcp(socket) : bindUnix(socket);
  try {
    const port = socket.kind === 'tcp' ? realPort(handle, heldKey(socket)) : null;
    /** As systemd hands them on; Node, gunicorn and the like switch it back themselves. */
    setNonBlocking(handle.fd, false);
    listen(handle.fd, BACKLOG);
    return { key: heldKey(socket), fd: handle.fd, port, close: () => handle.close() };
  } catch (error) {
    handle.close();
    throw error;
  }
}

export const heldKey = (socket: Listen): string =>
  socket.kind === 'tcp' ? `tcp:${bracketed(socket.host)}:${socket.port}` : `unix:${socket.path}`;

const bracketed = (host: string) => (net.isIPv6(host) ? `[${host}]` : host);

/** What net._createServerHandle gives: bound, not listening; its close() also unlinks a unix path. */
type Handle = {
  readonly fd: number;
  getsockname(out: { port?: number }): number;
  close(): void;
};

type CreateHandle = (address: string, port: number, type: number) => Handle | number;
const { _createServerHandle: createHandle } = net as unknown as { _createServerHandle: CreateHandle };

function bindTcp({ host, port }: TcpListen): Handle {
  const address = host === 'localhost' ? '127.0.0.1' : host;
  const family = net.isIP(address);
  if (family === 0) throw osError(-constants.errno.EADDRNOTAVAIL, 'bind', `${host}: not an IP address`);
  return made(createHandle(address, port, family), `${host}:${port}`);
}

/** libuv keeps EADDRINUSE back until the name is asked for (or its own listen, which is not called). */
function realPort(handle: Handle, key: string): number {
  const out: { port?: number } = {};
  const errno = handle.getsockname(out);
  if (errno !== 0 || !out.port) throw osError(errno, 'bind', key);
  return out.port;
}

/** The mode comes by umask, so that the socket is at no moment more open than it should be. */
function bindUnix({ path, mode, user, group }: UnixListen): Handle {
  clearSocketPath(path);
  const uid = user === null ? -1 : known(findUser(user)?.uid, user);
  const gid = group === null ? -1 : known(findGroup(group)?.gid, group);
  const umask = process.umask(~mode & 0o777);
  try {
    return owned(made(createHandle(path, -1, -1), path), path, uid, gid);
  } finally {
    process.umask(umask);
  }
}

function made(handle: Handle | number, where: string): Handle {
  if (typeof handle === 'number') throw osError(handle, 'bind', where);
  return handle;
}

function owned(handle: Handle, path: string, uid: number, gid: number): Handle {
  try {
    if (uid !== -1 || gid !== -1) chownSync(path, uid, gid);
    return handle;
  } catch (error) {
    handle.close();
    throw error;
  }
}

function known(id: number | undefined, name: string): number {
  if (id === undefined) throw osError(-constants.errno.EINVAL, 'chown', `no user or group ${name}`);
  return id;
}
