import * as net from 'node:net';
import { dirname } from 'node:path';
import { after, type Millis } from './clock.js';
import { ensurePrivateFolder } from './files.js';
import { lineSplitter } from './line-splitter.js';
import { clearSocketPath } from './unix-socket.js';

/** One JSON value a line, both ways. */
export type Connection = {
  /** False when the peer does not keep up: what it has not read is kept here until it does. */
  send(value: unknown): boolean;
  /** Bytes that the peer has not taken yet. */
  readonly pending: number;
  /** Lines that came before are told at once. */
  onLine(then: (value: unknown) => void): void;
  onClose(then: () => void): void;
  /** Once what was sent has been taken. */
  close(): void;
};

export type LineServer = { close(): Promise<void> };

/** What a client may send in one line, and what it takes: a client trusts its server, not the other way. */
const LONGEST_REQUEST = 1024 * 1024;
const LONGEST_ANSWER = 256 * 1024 * 1024;
/** How long clients have to take the last answers when the server closes. */
const FAREWELL: Millis = 1000;

/** The socket is 0600 in a folder of 0700; a stale one is replaced, an answering one is EADDRINUSE. */
export async function serveLines(
  path: string,
  onConnection: (connection: Connection) => void,
): Promise<LineServer> {
  ensurePrivateFolder(dirname(path));
  clearSocketPath(path);
  const sockets = new Set<net.Socket>();
  const server = net.createServer((socket) => {
    sockets.add(socket);
    socket.once('close', () => sockets.delete(socket));
    onConnection(connectionOn(socket, LONGEST_REQUEST));
  });
  const close = () =>
    new Promise<void>((done) => {
      server.close(() => done());
      for (const socket of sockets) socket.destroySoon();
      after(FAREWELL, () => sockets.forEach((socket) => void socket.destroy()));
    });
  await listening(server, path);
  return { close };
}

/** Throws with `code` ENOENT or ECONNREFUSED when nobody serves there. */
export function connectLines(path: string): Promise<Connection> {
  return new Promise((done, fail) => {
    const socket = net.connect(path);
    socket.once('error', fail);
    socket.once('connect', () => {
      socket.off('error', fail);
      done(connectionOn(socket, LONGEST_ANSWER));
    });
  });
}

/** Node binds inside of listen(), so that the umask is ours alone. */
function listening(server: net.Server, path: string): Promise<void> {
  return new Promise((done, fail) => {
    server.once('error', fail);
    const umask = process.umask(0o177);
    try {
      server.listen(path, done);
    } finally {
      process.umask(umask);
    }
  });
}

function connectionOn(socket: net.Socket, longest: number): Connection {
  const early: unknown[] = [];
  let tell = (value: unknown): void => void early.push(value);
  const send = (value: unknown) => {
    if (!socket.writable) return false;
    const kept = socket.write(`${JSON.stringify(value)}\n`);
    if (!kept) socket.pause();
    return kept;
  };
  let refused = false;
  const refuse = (message: string) => {
    refused = true;
    socket.removeAllListeners('data');
    send({ error: { code: 'E_PROTOCOL', message } });
    socket.destroySoon();
  };
  const line = (text: string) => {
    if (refused) return;
    const value = parsed(text);
    if (value === NO_JSON) refuse('a line is not JSON');
    else if (!socket.destroyed) tell(value);
  };
  socket.on(
    'data',
    lineSplitter(longest, line, () => refuse(`a line is longer than ${longest} bytes`)),
  );
  socket.on('drain', () => socket.resume());
  socket.on('error', () => {});
  return {
    send,
    get pending() {
      return socket.writableLength;
    },
    onLine: (then) => {
      tell = then;
      early.splice(0).forEach(then);
    },
    onClose: (then) => {
      if (socket.closed) setImmediate(then);
      else socket.once('close', then);
    },
    close: () => socket.destroySoon(),
  };
}

const NO_JSON = Symbol('no JSON');

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return NO_JSON;
  }
}
