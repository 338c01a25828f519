import { closeSync, constants, ftruncateSync, openSync, statSync, writeSync } from 'node:fs';
import { readText } from './files.js';
import { flock, LOCK_EX, LOCK_NB } from './libc.js';

export type Lock = { release(): void };

/** Null when another process holds it. The file stays; only the lock on it counts. */
export function takeLock(path: string): Lock | null {
  const fd = openSync(path, constants.O_RDWR | constants.O_CREAT, 0o600);
  if (!flock(fd, LOCK_EX | LOCK_NB)) {
    closeSync(fd);
    return null;
  }
  ftruncateSync(fd);
  writeSync(fd, `${process.pid}\n`, 0);
  return { release: () => closeSync(fd) };
}

/** The pid of who holds it now; asked of the kernel, since a try to lock could get in the way of a taker. */
export function lockHolder(path: string): number | null {
  const written = Number.parseInt(readText(path) ?? '', 10);
  const stat = statSync(path, { throwIfNoEntry: false });
  if (!stat) return null;
  const held = heldLocks(stat.ino);
  const holder =
    held.find(({ pid }) => pid === written) ?? held.find(({ device }) => device === deviceOf(stat.dev));
  return holder?.pid ?? null;
}

/** Lines such as `4: FLOCK  ADVISORY  WRITE 1234 08:01:9876 0 EOF`; the device is not that of stat on overlays. */
function heldLocks(inode: number): { pid: number; device: string }[] {
  const lines = (readText('/proc/locks') ?? '').split('\n');
  return lines.flatMap((line) => {
    const [, pid, device, found] = /FLOCK\s+ADVISORY\s+WRITE\s+(\d+)\s+(\w+:\w+):(\d+)/.exec(line) ?? [];
    return device && Number(found) === inode ? [{ pid: Number(pid), device }] : [];
  });
}

function deviceOf(dev: number): string {
  const major = (dev >> 8) & 0xfff;
  const minor = (dev & 0xff) | ((dev >> 12) & 0xfff00);
  return [major, minor].map((part) => part.toString(16).padStart(2, '0')).join(':');
}
