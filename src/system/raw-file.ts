import { closeSync, createReadStream, fstatSync, openSync, readSync, statSync } from 'node:fs';
import { open } from 'node:fs/promises';
import { createGunzip } from 'node:zlib';
import { unless } from './os-error.js';

/** What a file is, whatever it is called by now. */
export type Place = { readonly inode: number; readonly size: number; readonly changedAt: number };

/** For reading; null if there is none. The descriptor stays with the file when that is renamed or removed. */
export const openRead = (path: string): number | null => unless(['ENOENT'], null, () => openSync(path, 'r'));

export const closeFile = (fd: number): void => closeSync(fd);

/** How many bytes came; 0 at the end. */
export const readAt = (fd: number, buffer: Uint8Array, position: number): number =>
  readSync(fd, buffer, 0, buffer.length, position);

/** Of a path or a descriptor; null if there is none. */
export function placeOf(file: string | number): Place | null {
  const stat = unless(['ENOENT', 'ENOTDIR'], null, () =>
    typeof file === 'string' ? statSync(file) : fstatSync(file),
  );
  return stat && { inode: stat.ino, size: stat.size, changedAt: stat.mtimeMs };
}

/** Returns when its bytes are on the disk. */
export async function syncFile(path: string): Promise<void> {
  const file = await open(path, 'r');
  try {
    await file.sync();
  } finally {
    await file.close();
  }
}

/** What a .gz holds, in pieces; throws with ENOENT if there is none. */
export function gunzip(path: string): AsyncIterable<Buffer> {
  const source = createReadStream(path);
  const plain = createGunzip();
  source.on('error', (error) => plain.destroy(error));
  plain.on('close', () => source.destroy());
  return source.pipe(plain);
}
