import type { Millis } from '../config/app.js';

/** Marks lie at least so far apart: a line's time is known within it. */
export const MARK_EVERY: Millis = 250;

/** What begins at `offset` was written at `time` or later, and before the next mark. */
export type Mark = { readonly offset: number; readonly time: number };

/** `inode` is that of the log before it was compressed. */
export type TimeIndex = { readonly inode: number | null; readonly marks: readonly Mark[] };

export const EMPTY_INDEX: TimeIndex = { inode: null, marks: [] };

export const indexHead = (inode: number): string => `inode ${inode}\n`;
export const markLine = ({ offset, time }: Mark): string => `${offset} ${Math.floor(time)}\n`;

/** Half a line, as a crash or a full disk leaves it, is passed over. */
export function parseIndex(text: string): TimeIndex {
  const inode = /^inode (\d+)\n/.exec(text)?.[1];
  const marks = [...text.matchAll(/^(\d+) (\d+)\n/gm)].map(([, offset, time]) => ({
    offset: Number(offset),
    time: Number(time),
  }));
  return { inode: inode === undefined ? null : Number(inode), marks };
}

/** Where lines begin that were written at `since` or later; null if the file has none. */
export function offsetSince({ marks }: TimeIndex, since: number): number | null {
  const before = marks.findLastIndex((mark) => mark.time <= since - MARK_EVERY);
  if (before === -1) return 0;
  return marks[before + 1]?.offset ?? null;
}
