import { closeSync, createReadStream, createWriteStream, fstatSync, openSync, writeSync } from 'node:fs';
import { pipeline } from 'node:stream/promises';
import { createGzip } from 'node:zlib';

/** A file that only grows; what was written is with the kernel when `write` returns. */
export type Appender = { readonly size: number; write(bytes: Uint8Array): void; close(): void };

export function openAppender(path: string, mode = 0o640): Appender {
  const fd = openSync(path, 'a', mode);
  let size = fstatSync(fd).size;
  return {
    get size() {
      return size;
    },
    write: (bytes) => {
      for (let at = 0; at < bytes.length; ) {
        const written = writeSync(fd, bytes, at);
        at += written;
        size += written;
      }
    },
    close: () => closeSync(fd),
  };
}

/** Writes `to` as the gzip of `from`; both are there afterwards. */
export const gzipFile = (from: string, to: string): Promise<void> =>
  pipeline(createReadStream(from), createGzip(), createWriteStream(to, { mode: 0o640 }));
