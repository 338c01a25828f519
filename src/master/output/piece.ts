import type { Bytes } from '../../config/app.js';

const NEWLINE = 10;

/** The first `length` bytes go into the file as it is; then it is rotated, or all was written. */
export type Piece = { readonly length: Bytes; readonly rotate: boolean };

/** How much of `bytes` still fits into a file of `size`; a file ends at a line's end, however long the line. */
export function nextPiece(bytes: Uint8Array, size: Bytes, limit: Bytes, midLine: boolean): Piece {
  const room = limit - size;
  if (bytes.length <= room) return { length: bytes.length, rotate: false };
  const fits = room > 0 ? bytes.lastIndexOf(NEWLINE, room - 1) + 1 : 0;
  if (fits > 0) return { length: fits, rotate: true };
  if (!midLine && size > 0) return { length: 0, rotate: true };
  const lineEnd = bytes.indexOf(NEWLINE, Math.max(0, room)) + 1 || bytes.length;
  return { length: lineEnd, rotate: lineEnd < bytes.length };
}
