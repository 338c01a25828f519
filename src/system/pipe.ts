import { constants } from 'node:fs';
import { readInto } from './fifo.js';
import { bind, check } from './libc.js';

const F_SETPIPE_SZ = 1031;
const O_CLOEXEC = 0o2000000;
const SPLICE_F_NONBLOCK = 2;

/** False where the kernel does not give so much: a user may only have 64 MiB in all his pipes. */
export const growPipe = (fd: number, bytes: number): boolean =>
  bind('int fcntl(int, int, ...)')(fd, F_SETPIPE_SZ, 'int', bytes) >= bytes;

/** What the next read would give, without taking it: tee(2) into a pipe of our own. 0 if that is nothing. */
export function peekInto(fd: number, buffer: Uint8Array): number {
  const tee = bind('long tee(int, int, size_t, unsigned int)');
  const [end, start] = scratch();
  const copied = tee(fd, start, buffer.length, SPLICE_F_NONBLOCK);
  if (copied <= 0) return 0;
  const got = readInto(end, buffer.subarray(0, copied));
  return typeof got === 'number' ? got : 0;
}

/** Moves bytes from a pipe to this place in a file: no kill, ever, finds them in neither. How many it were. */
export function splice(pipe: number, file: number, offset: number, length: number): number {
  const call = bind('long splice(int, void *, int, int64_t *, size_t, unsigned int)');
  return check('splice', call(pipe, null, file, BigInt64Array.of(BigInt(offset)), length, SPLICE_F_NONBLOCK));
}

let opened: readonly [end: number, start: number] | null = null;

function scratch(): readonly [end: number, start: number] {
  if (opened) return opened;
  const fds = new Int32Array(2);
  check('pipe2', bind('int pipe2(int *, int)')(fds, O_CLOEXEC | constants.O_NONBLOCK));
  const [end = -1, start = -1] = fds;
  growPipe(end, 1 << 20);
  opened = [end, start];
  return opened;
}
