import { closeSync, constants, fstatSync, openSync, readSync, writeSync } from 'node:fs';
import { codeOf } from './os-error.js';
import { splice } from './pipe.js';

/** A file that only grows, by this process. What is written is with the kernel when the call returns. */
export class GrowingFile {
  readonly inode: number;
  readonly changedAt: number;
  /** What was written before an error counts, too. */
  size: number;
  private readonly fd: number;

  constructor(path: string, mode = 0o640) {
    // Not O_APPEND: splice(2) refuses that.
    this.fd = openSync(path, constants.O_RDWR | constants.O_CREAT, mode);
    const stat = fstatSync(this.fd);
    this.inode = stat.ino;
    this.changedAt = stat.mtimeMs;
    this.size = stat.size;
  }

  /** Someone else made it shorter. */
  get isCut(): boolean {
    return fstatSync(this.fd).size < this.size;
  }

  get lastByte(): number | null {
    const byte = new Uint8Array(1);
    const got = this.size > 0 ? readSync(this.fd, byte, 0, 1, this.size - 1) : 0;
    return got === 1 ? (byte[0] ?? null) : null;
  }

  write(bytes: Uint8Array): void {
    for (let at = 0; at < bytes.length; ) {
      const written = writeSync(this.fd, bytes, at, bytes.length - at, this.size);
      at += written;
      this.size += written;
    }
  }

  /** What is in the pipe, up to `length`. False where the file system has no splice(2). */
  moveFrom(pipe: number, length: number): boolean {
    try {
      for (let left = length; left > 0; ) {
        const moved = splice(pipe, this.fd, this.size, left);
        if (moved === 0) return true;
        left -= moved;
        this.size += moved;
      }
      return true;
    } catch (error) {
      if (codeOf(error) === 'EINVAL') return false;
      throw error;
    }
  }

  close(): void {
    closeSync(this.fd);
  }
}
