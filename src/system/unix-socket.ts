import { closeSync, lstatSync } from 'node:fs';
import { constants } from 'node:os';
import { removeFile } from './files.js';
import { koffi } from './koffi.js';
import { bind, check } from './libc.js';
import { osError } from './os-error.js';

const { EADDRINUSE, ECONNREFUSED, ENAMETOOLONG, ENOENT } = constants.errno;
export const AF_UNIX = 1;
const SOCK_STREAM = 1;
export const SOCK_DGRAM = 2;
const SOCK_NONBLOCK = 0o4000;
const SOCK_CLOEXEC = 0o2000000;
const LONGEST_PATH = 107;

/** Makes the path free to bind: throws EADDRINUSE if a process answers there, or if it is no socket. */
export function clearSocketPath(path: string, type = SOCK_STREAM): void {
  if (isAbstract(path)) return;
  if (Buffer.byteLength(path) > LONGEST_PATH) throw osError(-ENAMETOOLONG, 'bind', path);
  const stat = lstatSync(path, { throwIfNoEntry: false });
  if (!stat) return;
  if (!stat.isSocket() || answers(path, type)) throw osError(-EADDRINUSE, 'bind', path);
  removeFile(path);
}

/** A full backlog (EAGAIN) and a socket of another type are answers, too. */
function answers(path: string, type: number): boolean {
  const fd = openUnix(type);
  try {
    const [address, length] = unixAddress(path);
    if (bind('int connect(int, const void *, unsigned int)')(fd, address, length) === 0) return true;
    return ![ECONNREFUSED, ENOENT].includes(koffi().errno());
  } finally {
    closeSync(fd);
  }
}

/** Non-blocking and close-on-exec. */
export const openUnix = (type: number): number =>
  check('socket', bind('int socket(int, int, int)')(AF_UNIX, type | SOCK_NONBLOCK | SOCK_CLOEXEC, 0));

/** unix(7): a name without a file, as sd_notify(3) writes it: `@name`. */
export const isAbstract = (path: string): boolean => path.startsWith('@');

/** struct sockaddr_un, and how much of it counts. */
export function unixAddress(path: string): [address: Buffer, length: number] {
  const address = Buffer.alloc(2 + LONGEST_PATH + 1);
  address.writeUInt16LE(AF_UNIX);
  const length = address.write(path, 2);
  if (!isAbstract(path)) return [address, 2 + length + 1];
  address[2] = 0;
  return [address, 2 + length];
}
