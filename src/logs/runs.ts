import { bytesOf, type History, type Part, readIndex } from './history.js';
import { Lines } from './lines.js';
import { EMPTY_INDEX, type Mark, type TimeIndex } from './time-index.js';

/** Lines of one worker that were written at about the same time; 0 if that is not known. */
export type Run = { readonly worker: string; readonly at: number; readonly lines: readonly string[] };

export type Start = { readonly part: number; readonly offset: number };

/** All lines of a history from a place on, in the order in which they were written. */
export async function* runsFrom({ worker, parts }: History, start: Start): AsyncGenerator<Run> {
  let at = 0;
  for (const [i, part] of parts.entries()) {
    if (i < start.part) continue;
    for await (const run of runsOf(worker, part, i === start.part ? start.offset : 0)) {
      at = Math.max(at, run.at);
      yield { ...run, at };
    }
  }
}

/** The index of this very file: that of a file rotated in between is another's. */
export function indexOf(part: Part): TimeIndex {
  const index = readIndex(part);
  return part.open && index.inode !== part.open.inode ? EMPTY_INDEX : index;
}

async function* runsOf(worker: string, part: Part, from: number): AsyncGenerator<Run> {
  let lines: string[] = [];
  let at = 0;
  const cutter = new Lines((line) => lines.push(line));
  const take = () => {
    const run = { worker, at, lines };
    lines = [];
    return run;
  };
  for await (const { bytes, time } of sections(part, from)) {
    if (time !== at && lines.length > 0) yield take();
    at = time;
    cutter.feed(bytes);
    if (lines.length > 0) yield take();
  }
  cutter.end();
  if (lines.length > 0) yield take();
}

/** Blocks, cut where the time changes; a mark is always at a line's beginning. */
async function* sections(part: Part, from: number): AsyncGenerator<{ bytes: Uint8Array; time: number }> {
  const { marks } = indexOf(part);
  let next = Math.max(
    0,
    marks.findLastIndex(({ offset }) => offset <= from),
  );
  let time = 0;
  let at = from;
  const reached = (mark: Mark | undefined): mark is Mark => mark !== undefined && mark.offset <= at;
  for await (const block of bytesOf(part, from)) {
    for (let rest = block; rest.length > 0; ) {
      for (let mark = marks[next]; reached(mark); mark = marks[++next]) time = mark.time;
      const upTo = (marks[next]?.offset ?? Number.POSITIVE_INFINITY) - at;
      const bytes = rest.subarray(0, upTo);
      yield { bytes, time };
      at += bytes.length;
      rest = rest.subarray(bytes.length);
    }
  }
}
