import { closeHistories, type History, openHistories } from './history.js';
import { merge } from './merge.js';
import { type Run, runsFrom, type Start } from './runs.js';
import { startOfLast, startSince } from './start-of.js';

/** `at` is when it was written, by wall time and within 250 ms; null if that is not known. */
export type LogLine = { readonly worker: string; readonly at: number | null; readonly line: string };

export type LogQuery = {
  readonly logDir: string;
  /** Groups and workers; none are all. */
  readonly names: readonly string[];
  /** The last so many of all workers together; null are all. */
  readonly lines: number | null;
  /** Epoch, ms; null is from the beginning. */
  readonly since: number | null;
  /** Without the flags g and y. */
  readonly grep: RegExp | null;
};

/** What the workers wrote, by time, rotated and compressed files included. */
export async function* readLogs(query: LogQuery): AsyncGenerator<LogLine> {
  const histories = openHistories(query.logDir, query.names);
  try {
    yield* linesOf(histories, query);
  } finally {
    closeHistories(histories);
  }
}

export async function* linesOf(histories: readonly History[], query: LogQuery): AsyncGenerator<LogLine> {
  if (query.lines === 0) return;
  const starts = await Promise.all(histories.map((history) => startOf(history, query)));
  const runs = merge(histories.map((history, i) => runsFrom(history, starts[i] ?? { part: 0, offset: 0 })));
  const lines = matching(runs, query.grep);
  yield* query.lines === null ? lines : last(lines, query.lines);
}

async function startOf(history: History, { lines, since, grep }: LogQuery): Promise<Start> {
  if (since !== null) return startSince(history, since);
  return lines === null ? { part: 0, offset: 0 } : startOfLast(history, lines, grep);
}

async function* matching(runs: AsyncIterable<Run>, grep: RegExp | null): AsyncGenerator<LogLine> {
  for await (const { worker, at, lines } of runs)
    for (const line of lines) if (!grep || grep.test(line)) yield { worker, at: at || null, line };
}

async function* last(lines: AsyncIterable<LogLine>, wanted: number): AsyncGenerator<LogLine> {
  let kept: LogLine[] = [];
  for await (const line of lines) {
    kept.push(line);
    if (kept.length >= 2 * wanted) kept = kept.slice(-wanted);
  }
  yield* kept.slice(-wanted);
}
