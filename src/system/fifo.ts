import { constants, openSync, readSync } from 'node:fs';
import { fileInfo, removeFile } from './files.js';
import { mkfifo } from './libc.js';
import { unless } from './os-error.js';
import { type Poll, poll } from './poll.js';

/** A new one, 0600; a FIFO of that name, and what was left in it, is removed. */
export function makeFifo(path: string): void {
  if (fileInfo(path)?.kind === 'fifo') removeFile(path);
  mkfifo(path, 0o600);
}

/**
 * A description of its own for reading, never shared: libuv makes blocking what becomes a child's stdio.
 * Open it before the first writer, and its bytes outlive whoever wrote them.
 */
export const openReader = (path: string): number => openSync(path, constants.O_RDONLY | constants.O_NONBLOCK);

/** Read and write, so that the child never gets EPIPE: it waits for the next reader instead. */
export const openForChild = (path: string): number => openSync(path, constants.O_RDWR);

/** 'ended': no process has it open for writing; stop or close the poll then, it would fire for ever. */
export function readInto(fd: number, buffer: Uint8Array): number | 'empty' | 'ended' {
  const got = unless(['EAGAIN'], 'empty' as const, () => readSync(fd, buffer, 0, buffer.length, null));
  return got === 0 ? 'ended' : got;
}

export const onReadable = (fd: number, then: () => void): Poll => poll(fd, then);
