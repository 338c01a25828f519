import { join } from 'node:path';
import { listFolder, readText } from '../system/files.js';
import { closeFile, gunzip, openRead, placeOf, readAt } from '../system/raw-file.js';
import { compareWorkers, indexName, isNamed, type LogName, logName, parseLogName } from './log-names.js';
import { parseIndex, type TimeIndex } from './time-index.js';

/** One file; the one that is being written stays open, so that it is the same one after a rotation. */
export type Part = {
  readonly folder: string;
  readonly log: LogName;
  readonly open: { readonly fd: number; readonly inode: number; readonly end: number } | null;
};

/** What one worker has written, oldest first; the last part is the open one, unless there is none. */
export type History = { readonly worker: string; readonly parts: readonly Part[] };

export function openHistories(folder: string, names: readonly string[]): History[] {
  return workersIn(folder, names).map((worker) => openHistory(folder, worker));
}

export function workersIn(folder: string, names: readonly string[]): string[] {
  const workers = listFolder(folder).flatMap((file) => parseLogName(file)?.worker ?? []);
  return [...new Set(workers)].filter((worker) => isNamed(worker, names)).sort(compareWorkers);
}

/** The open file first: one that is rotated meanwhile must not count twice, nor be missed. */
export function openHistory(folder: string, worker: string): History {
  const current = openCurrent(folder, worker);
  const rotated = rotatedParts(folder, worker);
  return { worker, parts: current ? [...before(rotated, current), current] : rotated };
}

/** Those of the rotated parts, listed after it was opened, that are older than this open file. */
export function before(rotated: readonly Part[], { folder, log, open }: Part): readonly Part[] {
  const isStillThere = placeOf(join(folder, logName(log)))?.inode === open?.inode;
  const itself = isStillThere || !open ? -1 : lastOfInode(rotated, open.inode);
  return itself === -1 ? rotated : rotated.slice(0, itself);
}

export function openCurrent(folder: string, worker: string): Part | null {
  const log = { worker, stamp: null, gz: false };
  const fd = openRead(join(folder, logName(log)));
  const place = fd === null ? null : placeOf(fd);
  return fd === null || !place ? null : { folder, log, open: { fd, inode: place.inode, end: place.size } };
}

/** Oldest first. A log that is there plain and compressed, as after a crash, is one. */
export function rotatedParts(folder: string, worker: string): Part[] {
  const byStamp = new Map<string, Part>();
  for (const file of listFolder(folder)) {
    const log = parseLogName(file);
    if (log?.worker === worker && log.stamp !== null) byStamp.set(log.stamp, { folder, log, open: null });
  }
  return [...byStamp.keys()].sort().flatMap((stamp) => byStamp.get(stamp) ?? []);
}

/**
 * Which of the parts is this open file: by itself, or by its time index once it is compressed. The last one:
 * a file that is gone may have had the same number, but none that came after it was opened.
 */
export function lastOfInode(parts: readonly Part[], inode: number): number {
  return parts.findLastIndex((part) => {
    const place = part.log.gz ? null : placeOf(join(part.folder, logName(part.log)));
    return (place?.inode ?? readIndex(part).inode) === inode;
  });
}

export function readIndex({ folder, log }: Part): TimeIndex {
  return parseIndex(readText(join(folder, indexName(log))) ?? '');
}

/** Its bytes from an offset on, in blocks that are good until the next one is asked for. */
export async function* bytesOf(part: Part, from: number): AsyncGenerator<Uint8Array> {
  if (part.open) {
    yield* blocksOf(part.open.fd, from, part.open.end);
    return;
  }
  const fd = part.log.gz ? null : openRead(join(part.folder, logName(part.log)));
  if (fd === null) {
    yield* unpacked(part, from);
    return;
  }
  try {
    yield* blocksOf(fd, from, Number.POSITIVE_INFINITY);
  } finally {
    closeFile(fd);
  }
}

export function closeHistories(histories: readonly History[]): void {
  for (const { parts } of histories) for (const { open } of parts) if (open) closeFile(open.fd);
}

const BLOCK = 64 * 1024;

export function* blocksOf(fd: number, from: number, end: number): Generator<Uint8Array> {
  const block = Buffer.allocUnsafeSlow(BLOCK);
  for (let at = from; at < end; ) {
    const got = readAt(fd, block.subarray(0, Math.min(BLOCK, end - at)), at);
    if (got === 0) return;
    yield block.subarray(0, got);
    at += got;
  }
}

/** Nothing, if it was removed meanwhile. */
async function* unpacked({ folder, log }: Part, from: number): AsyncGenerator<Uint8Array> {
  const path = join(folder, logName({ ...log, gz: true }));
  if (!placeOf(path)) return;
  let skip = from;
  for await (const block of gunzip(path)) {
    const rest = block.subarray(skip);
    skip -= block.length - rest.length;
    if (rest.length > 0) yield rest;
  }
}
