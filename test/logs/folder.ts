import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { indexName, logName, stampOf } from '../../src/logs/log-names.js';
import type { LogLine, LogQuery } from '../../src/logs/read-logs.js';
import { indexHead, markLine } from '../../src/logs/time-index.js';

const folders: string[] = [];

export function logFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'sup-read-'));
  folders.push(folder);
  return folder;
}

export type Written = {
  readonly closedAt?: number;
  readonly gz?: boolean;
  readonly lines: readonly (readonly [number, string])[];
};

/** A log as the master leaves it: every line with its time in the index. */
export function writeLog(folder: string, worker: string, { closedAt, gz = false, lines }: Written): void {
  const log = { worker, stamp: closedAt === undefined ? null : stampOf(closedAt), gz };
  const path = join(folder, logName(log));
  const text = Buffer.from(lines.map(([, line]) => `${line}\n`).join(''));
  writeFileSync(path, gz ? gzipSync(text) : text);
  let offset = 0;
  let index = indexHead(statSync(path).ino);
  for (const [time, line] of lines) {
    index += markLine({ offset, time });
    offset += Buffer.byteLength(line) + 1;
  }
  writeFileSync(join(folder, indexName(log)), index);
}

export const ask = (logDir: string, query: Partial<LogQuery> = {}): LogQuery => ({
  logDir,
  names: [],
  lines: null,
  since: null,
  grep: null,
  ...query,
});

export async function textsOf(lines: AsyncIterable<LogLine>): Promise<string[]> {
  const texts: string[] = [];
  for await (const { worker, line } of lines) texts.push(`${worker} ${line}`);
  return texts;
}

process.on('exit', () => {
  for (const folder of folders) rmSync(folder, { recursive: true, force: true });
});
