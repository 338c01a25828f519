import { closeSync, readdirSync, readlinkSync } from 'node:fs';
import { constants } from 'node:os';
import { pidfdOpen, pidfdSendSignal } from './libc.js';
import { codeOf, unless } from './os-error.js';
import { poll } from './poll.js';
import { isRunning, type Process, readStat } from './proc-stat.js';
import type { Signal } from './signals.js';

export { type Process, pageSize, ticksPerSecond } from './proc-stat.js';

/** One process for ever, also after its pid went to another. */
export type Identity = { readonly pid: number; readonly startTime: string };
export type Watch = { close(): void };

export const startTime = (pid: number): string | null => readStat(pid)?.startTime ?? null;

/** False for a zombie. */
export function isAlive(id: Identity): boolean {
  const found = readStat(id.pid);
  return found?.startTime === id.startTime && isRunning(found);
}

/** False, and nothing sent, if that process is gone, or must never be signalled: 0, 1, negative, ourselves. */
export function sendSignal(id: Identity, signal: Signal): boolean {
  if (!mayBeSignalled(id.pid)) return false;
  const fd = openSame(id);
  if (fd === null) return false;
  try {
    return delivered(() => pidfdSendSignal(fd, numberOf(signal)));
  } finally {
    closeSync(fd);
  }
}

/**
 * To the process group that `id` leads or led: while a group exists, the kernel gives its number to nobody else.
 * False, and nothing sent, if the group is gone or another process has that pid now.
 */
export function signalGroup(id: Identity, signal: Signal): boolean {
  if (!mayBeSignalled(id.pid) || readStat(process.pid)?.pgrp === id.pid || isRecycled(id)) return false;
  return delivered(() => process.kill(-id.pid, numberOf(signal)));
}

/** Whether the group that `id` leads or led has a member that runs; zombies do not count. */
export function groupExists(id: Identity): boolean {
  if (!mayBeSignalled(id.pid) || isRecycled(id)) return false;
  const leader = readStat(id.pid);
  if (leader && isRunning(leader)) return leader.pgrp === id.pid;
  const exists = unless(['EPERM'], true, () => delivered(() => process.kill(-id.pid, 0)));
  return exists && listProcesses().some((member) => member.pgrp === id.pid && isRunning(member));
}

export const listProcesses = (): Process[] =>
  readdirSync('/proc').flatMap((name) => (/^\d/.test(name) ? (readStat(Number(name)) ?? []) : []));

/** Everything below `pid`, and the members of the session that it leads with all below them; not `pid` itself. */
export function descendants(pid: number, all: readonly Process[]): Process[] {
  const found = new Set<Process>();
  const children = childrenOf(all);
  const add = (process: Process) => {
    if (process.pid === pid || found.has(process)) return;
    found.add(process);
    children.get(process.pid)?.forEach(add);
  };
  children.get(pid)?.forEach(add);
  all.filter((process) => process.session === pid).forEach(add);
  return [...found];
}

/** Calls `then` once when the process has ended, soon also if it was gone before; it need not be our child. */
export function watchExit(id: Identity, then: () => void): Watch {
  const fd = openSame(id);
  if (fd === null) {
    const soon = setImmediate(then);
    return { close: () => clearImmediate(soon) };
  }
  let open = true;
  const close = () => {
    if (!open) return;
    open = false;
    ended.close();
    closeSync(fd);
  };
  const ended = poll(fd, () => {
    close();
    then();
  });
  return { close };
}

/** The inodes of its sockets; null when that cannot be read. */
export function openDescriptors(pid: number): Set<string> | null {
  const folder = `/proc/${pid}/fd`;
  const names = unless(['ENOENT', 'EACCES', 'ESRCH', 'EPERM'], null, () => readdirSync(folder));
  if (!names) return null;
  const links = names.map((name) =>
    unless(['ENOENT', 'EACCES', 'ESRCH'], '', () => readlinkSync(`${folder}/${name}`)),
  );
  return new Set(links.flatMap((link) => /^socket:\[(\d+)\]$/.exec(link)?.[1] ?? []));
}

function childrenOf(all: readonly Process[]): Map<number, Process[]> {
  const children = new Map<number, Process[]>();
  for (const process of all) {
    const siblings = children.get(process.ppid);
    if (siblings) siblings.push(process);
    else children.set(process.ppid, [process]);
  }
  return children;
}

const mayBeSignalled = (pid: number) => Number.isSafeInteger(pid) && pid > 1 && pid !== process.pid;

/** Another process has this pid by now. */
function isRecycled({ pid, startTime: expected }: Identity): boolean {
  const found = startTime(pid);
  return found !== null && found !== expected;
}

/** A descriptor of exactly that process: once opened it never speaks of another. */
function openSame(id: Identity): number | null {
  const fd = unless(['ESRCH', 'EINVAL'], null, () => pidfdOpen(id.pid));
  if (fd === null || startTime(id.pid) === id.startTime) return fd;
  closeSync(fd);
  return null;
}

const numberOf = (signal: Signal): number => {
  const number = (constants.signals as Partial<Record<string, number>>)[signal];
  if (number === undefined) throw new RangeError(`${signal} is not a signal of this system`);
  return number;
};

function delivered(send: () => void): boolean {
  try {
    send();
    return true;
  } catch (error) {
    if (codeOf(error) === 'ESRCH') return false;
    throw error;
  }
}
