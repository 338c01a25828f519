import type { Millis } from '../config/app.js';
import { wallTime } from '../system/clock.js';
import { placeOf } from '../system/raw-file.js';
import { type History, openHistories, type Part, workersIn } from './history.js';
import { type LogLine, type LogQuery, linesOf } from './read-logs.js';
import { endOfLines } from './start-of.js';
import { Trail } from './trail.js';

const EVERY: Millis = 100;
/** The folder is looked through when it changed, and now and then in case that was not seen. */
const LOOK_AFTER = 10;

/** What `readLogs` gives, and then every line that is added, until `stop`. */
export async function* followLogs(query: LogQuery, stop: AbortSignal): AsyncGenerator<LogLine> {
  const { logDir, names } = query;
  const histories = openHistories(logDir, names).map(wholeLines);
  const trails = new Map(histories.map((history) => [history.worker, trailOf(logDir, history)]));
  const folder = new Changes(logDir);
  try {
    yield* linesOf(histories, query);
    while (!stop.aborted) {
      for (const trail of trails.values()) yield* linesBehind(trail, query.grep);
      await pause(stop);
      if (!folder.changed()) continue;
      for (const worker of workersIn(logDir, names))
        if (!trails.has(worker)) trails.set(worker, new Trail(logDir, worker));
    }
  } finally {
    for (const trail of trails.values()) trail.close();
  }
}

/** A line that is being written belongs to what follows. */
function wholeLines({ worker, parts }: History): History {
  return { worker, parts: parts.map((part) => (part.open ? cutLine(part, part.open) : part)) };
}

function cutLine(part: Part, open: NonNullable<Part['open']>): Part {
  return { ...part, open: { ...open, end: endOfLines(open) } };
}

function trailOf(folder: string, { worker, parts }: History): Trail {
  const trail = new Trail(folder, worker, parts.findLast(({ open }) => !open)?.log.stamp ?? '');
  const open = parts.at(-1)?.open;
  if (open) trail.startAt(open);
  return trail;
}

async function* linesBehind(trail: Trail, grep: RegExp | null): AsyncGenerator<LogLine> {
  for (const line of await trail.read())
    if (!grep || grep.test(line)) yield { worker: trail.worker, at: wallTime().getTime(), line };
}

class Changes {
  private last = 0;
  private looks = 0;

  constructor(private readonly folder: string) {}

  changed(): boolean {
    const at = placeOf(this.folder)?.changedAt ?? 0;
    const seen = at !== this.last || ++this.looks >= LOOK_AFTER;
    this.last = at;
    if (seen) this.looks = 0;
    return seen;
  }
}

function pause(stop: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const done = () => {
      clearTimeout(timer);
      stop.removeEventListener('abort', done);
      resolve();
    };
    const timer = setTimeout(done, EVERY);
    stop.addEventListener('abort', done);
    if (stop.aborted) done();
  });
}
