import { parseSpan } from '../config/units.js';
import { SupError } from '../errors/sup-error.js';
import { followLogs } from '../logs/follow-logs.js';
import { type LogLine, type LogQuery, readLogs } from '../logs/read-logs.js';
import { wallTime } from '../system/clock.js';
import { onOutputClosed, terminal, writeErr, writeOut } from '../system/machine.js';
import { exitProcess } from '../system/signals.js';
import { painter } from './colour.js';
import { liveLogs } from './live-logs.js';

export type LogsRequest = {
  readonly logDir: string;
  readonly names: readonly string[];
  readonly follow: boolean;
  readonly json: boolean;
  readonly lines: number | undefined;
  readonly since: string | undefined;
  readonly grep: string | undefined;
};

/** Prints the logs; no master is asked. Ends only when the reader goes, if it follows. */
export async function showLogs(request: LogsRequest): Promise<void> {
  const query = logQuery(request, wallTime().getTime());
  const asLine = request.json ? asJson : liveLogs([], painter(terminal().colour)).line;
  onOutputClosed(() => exitProcess(0));
  let any = false;
  for await (const line of request.follow ? followLogs(query, NEVER) : readLogs(query)) {
    writeOut(`${asLine(line)}\n`);
    any = true;
  }
  if (!any && !request.json) writeErr(`nothing of that kind in ${request.logDir}\n`);
}

const NEVER = new AbortController().signal;
const SHOWN = 50;

/** Without `--since` and `--grep` it is the end of the logs; with one of them all that fits. */
export function logQuery({ logDir, names, lines, since, grep }: LogsRequest, now: number): LogQuery {
  const selective = since !== undefined || grep !== undefined;
  return {
    logDir,
    names,
    lines: lines ?? (selective ? null : SHOWN),
    since: since === undefined ? null : now - spanOf(since),
    grep: grep === undefined ? null : pattern(grep),
  };
}

function spanOf(text: string): number {
  const span = parseSpan(text);
  if (span !== null) return span;
  throw new SupError('E_USAGE', `--since ${text} is no length of time`, 'such as 30s, 10m, 2h or 1d');
}

function pattern(text: string): RegExp {
  try {
    return new RegExp(text);
  } catch (error) {
    throw new SupError(
      'E_USAGE',
      `--grep: ${error instanceof Error ? error.message : text}`,
      'it takes a JavaScript regular expression',
    );
  }
}

function asJson({ worker, at, line }: LogLine): string {
  return JSON.stringify({ worker, at: at === null ? null : new Date(at).toISOString(), line });
}
