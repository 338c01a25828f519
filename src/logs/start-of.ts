import type { Millis } from '../config/app.js';
import { readAt } from '../system/raw-file.js';
import type { History, Part } from './history.js';
import { timeOfStamp } from './log-names.js';
import { indexOf, runsFrom, type Start } from './runs.js';
import { offsetSince } from './time-index.js';

const BLOCK = 64 * 1024;
const NEWLINE = 10;

/** Where the lines begin that were written at `since` (epoch) or later. */
export function startSince({ parts }: History, since: Millis): Start {
  for (const [i, part] of parts.entries()) {
    if (part.log.stamp !== null && timeOfStamp(part.log.stamp) < since) continue;
    const offset = offsetSince(indexOf(part), since);
    if (offset !== null) return { part: i, offset };
  }
  return { part: parts.length, offset: 0 };
}

/** A place that has at least the last `wanted` lines behind it that match, and not many files more. */
export async function startOfLast(history: History, wanted: number, grep: RegExp | null): Promise<Start> {
  let missing = wanted;
  for (let i = history.parts.length - 1; i >= 0; i--) {
    const part = history.parts[i];
    if (part?.open && !grep) {
      const tail = tailOf(part, missing);
      if (tail.missing === 0) return { part: i, offset: tail.offset };
      missing = tail.missing;
    } else {
      missing -= await countLines({ ...history, parts: history.parts.slice(0, i + 1) }, i, grep);
    }
    if (missing <= 0) return { part: i, offset: 0 };
  }
  return { part: 0, offset: 0 };
}

/** Backwards from the end: where the last `wanted` lines begin, or how many are missing. */
export function tailOf({ open }: Part, wanted: number): { offset: number; missing: number } {
  if (!open || open.end === 0) return { offset: 0, missing: wanted };
  let left = wanted;
  // The newline at the very end ends the last line, and begins none.
  for (const { from, bytes } of blocksBackwards(open.fd, open.end - 1))
    for (let end = bytes.length; end > 0; ) {
      end = bytes.lastIndexOf(NEWLINE, end - 1);
      if (end !== -1 && --left === 0) return { offset: from + end + 1, missing: 0 };
    }
  return { offset: 0, missing: left - 1 };
}

/** Behind the last newline. */
export function endOfLines({ fd, end }: NonNullable<Part['open']>): number {
  for (const { from, bytes } of blocksBackwards(fd, end)) {
    const last = bytes.lastIndexOf(NEWLINE);
    if (last !== -1) return from + last + 1;
  }
  return 0;
}

function* blocksBackwards(fd: number, end: number): Generator<{ from: number; bytes: Uint8Array }> {
  const block = Buffer.allocUnsafeSlow(BLOCK);
  for (let to = end; to > 0; to -= BLOCK) {
    const from = Math.max(0, to - BLOCK);
    yield { from, bytes: block.subarray(0, readAt(fd, block.subarray(0, to - from), from)) };
  }
}

async function countLines(history: History, part: number, grep: RegExp | null): Promise<number> {
  let count = 0;
  for await (const { lines } of runsFrom(history, { part, offset: 0 }))
    count += grep ? lines.filter((line) => grep.test(line)).length : lines.length;
  return count;
}
