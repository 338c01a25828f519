import { constants, openSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { makeFifo, readInto } from './fifo.js';
import { removeFile } from './files.js';
import { bind } from './libc.js';

const F_SETPIPE_SZ = 1031;
const SPLICE_F_NONBLOCK = 2;

/** False where the kernel does not give so much: a user may only have 64 MiB in all his pipes. */
export const growPipe = (fd: number, bytes: number): boolean =>
  bind('int fcntl(int, int, ...)')(fd, F_SETPIPE_SZ, 'int', bytes) >= bytes;

/** What the next read would give, without taking it: tee(2) into a pipe of our own. 0 if that is nothing. */
export function peekInto(fd: number, buffer: Uint8Array): number {
  const tee = bind('long tee(int, int, size_t, unsigned int)');
  const copied = tee(fd, scratch(), buffer.length, SPLICE_F_NONBLOCK);
  if (copied <= 0) return 0;
  const got = readInto(scratch(), buffer.subarray(0, copied));
  return typeof got === 'number' ? got : 0;
}

let opened: number | null = null;

/** A FIFO that only we have: its name is gone as soon as it is open. */
function scratch(): number {
  if (opened !== null) return opened;
  const path = join(tmpdir(), `sup-peek-${process.pid}`);
  makeFifo(path);
  opened = openSync(path, constants.O_RDWR | constants.O_NONBLOCK);
  removeFile(path);
  growPipe(opened, 1 << 20);
  return opened;
}
