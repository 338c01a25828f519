import * as fs from 'node:fs';
import { dirname } from 'node:path';
import { SupError } from '../errors/sup-error.js';
import { unless } from './os-error.js';

export type FileInfo = {
  readonly kind: 'file' | 'folder' | 'socket' | 'fifo' | 'other';
  /** The permission bits only. */
  readonly mode: number;
  readonly uid: number;
  readonly size: number;
  /** A file with an x bit for anybody. */
  readonly executable: boolean;
};

const ABSENT = ['ENOENT', 'ENOTDIR'];

/** Null if there is none. */
export const readText = (path: string): string | null =>
  unless(ABSENT, null, () => fs.readFileSync(path, 'utf8'));

/** Whole or not at all, also over a power cut: new file, fsync, rename, fsync of the folder. */
export function replaceFile(path: string, text: string, mode = 0o600): void {
  const fresh = `${path}.${process.pid}.new`;
  fs.rmSync(fresh, { force: true });
  try {
    writeSynced(fresh, text, mode);
    fs.renameSync(fresh, path);
  } catch (error) {
    fs.rmSync(fresh, { force: true });
    throw error;
  }
  syncFolder(dirname(path));
}

/** 0700, ours, and no link; made if it is not there. */
export function ensurePrivateFolder(path: string): void {
  fs.mkdirSync(path, { recursive: true, mode: 0o700 });
  const stat = fs.lstatSync(path);
  const owner = process.geteuid?.();
  if (!stat.isDirectory()) throw notPrivate(path, 'is not a folder of its own');
  if (stat.uid !== owner) throw notPrivate(path, `belongs to user ${stat.uid}, not to ${owner}`);
  if (stat.mode & 0o077) throw notPrivate(path, 'is open to other users');
}

/** With its parents; nothing happens if it is there. */
export const makeFolder = (path: string, mode?: number): void => {
  fs.mkdirSync(path, { recursive: true, mode });
};

/** Nothing happens if it is not there. */
export const removeFile = (path: string): void => unless(ABSENT, undefined, () => fs.unlinkSync(path));

export const renameFile = (from: string, to: string): void => fs.renameSync(from, to);

/** The sorted names in it; none if there is no such folder. */
export const listFolder = (path: string): string[] => unless(ABSENT, [], () => fs.readdirSync(path).sort());

/** Follows links; null if there is nothing. */
export function fileInfo(path: string): FileInfo | null {
  const stat = unless([...ABSENT, 'ELOOP'], null, () => fs.statSync(path));
  if (!stat) return null;
  const mode = stat.mode & 0o7777;
  const executable = stat.isFile() && (mode & 0o111) !== 0;
  return { kind: kindOf(stat), mode, uid: stat.uid, size: stat.size, executable };
}

function writeSynced(path: string, text: string, mode: number): void {
  const fd = fs.openSync(path, 'wx', mode);
  try {
    fs.fchmodSync(fd, mode);
    fs.writeFileSync(fd, text);
    fs.fsyncSync(fd);
  } finally {
    fs.closeSync(fd);
  }
}

function syncFolder(path: string): void {
  const fd = fs.openSync(path, 'r');
  try {
    fs.fsyncSync(fd);
  } finally {
    fs.closeSync(fd);
  }
}

const notPrivate = (path: string, why: string) =>
  new SupError(
    'E_FAILED',
    `${path} ${why}`,
    `Remove it, or set XDG_RUNTIME_DIR to a folder that only you can open`,
  );

function kindOf(stat: fs.Stats): FileInfo['kind'] {
  if (stat.isFile()) return 'file';
  if (stat.isDirectory()) return 'folder';
  if (stat.isSocket()) return 'socket';
  return stat.isFIFO() ? 'fifo' : 'other';
}
