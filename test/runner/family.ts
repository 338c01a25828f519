import { readdirSync, readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { MARKER } from './sandbox.js';

type Stat = {
  readonly pid: number;
  readonly ppid: number;
  readonly state: string;
  readonly startTime: string;
};
export type Relative = { readonly pid: number; readonly startTime: string; readonly command: string };

/**
 * The processes that a test file began: those with its marker in their environment, and those once seen
 * below one of them (for programs that write over their environment, as redis-server does).
 */
export type Family = {
  /** Looks for new ones; all that live now. A zombie does not live. */
  living(): Relative[];
  /** All that still live when this time (ms) has passed. */
  livingAfter(patience: number): Promise<Relative[]>;
  /** SIGKILL until none is left. */
  end(): Promise<void>;
};

export function family(root: number, marker: string): Family {
  const known = new Set<string>();
  const strangers = new Set<string>();
  const first = readStat(root);
  if (first) known.add(key(first));

  const isOurs = (one: Stat, byPid: ReadonlyMap<number, Stat>): boolean => {
    const parent = byPid.get(one.ppid);
    if (known.has(key(one)) || (parent && known.has(key(parent)))) return true;
    if (strangers.has(key(one))) return false;
    const entries = environment(one.pid);
    // In the middle of an exec it is empty.
    if (entries.length > 0 && !hasMarker(entries, marker)) strangers.add(key(one));
    return hasMarker(entries, marker);
  };

  const living = (): Relative[] => {
    const all = readAll();
    const byPid = new Map(all.map((one) => [one.pid, one]));
    for (let before = -1; before !== known.size; ) {
      before = known.size;
      for (const one of all) if (isOurs(one, byPid)) known.add(key(one));
    }
    return all.filter((one) => isAlive(one) && known.has(key(one))).map(describe);
  };

  const livingAfter = async (patience: number): Promise<Relative[]> => {
    const until = performance.now() + patience;
    for (;;) {
      const left = living();
      if (left.length === 0 || performance.now() > until) return left;
      await sleep(50);
    }
  };

  const end = async (): Promise<void> => {
    const until = performance.now() + 10_000;
    for (let left = living(); left.length > 0 && performance.now() < until; left = living()) {
      for (const relative of left) kill(relative);
      await sleep(50);
    }
  };

  return { living, livingAfter, end };
}

function kill({ pid, startTime }: Relative): void {
  if (pid <= 1 || pid === process.pid || readStat(pid)?.startTime !== startTime) return;
  try {
    process.kill(pid, 'SIGKILL');
  } catch {
    // It went in the meantime.
  }
}

function readAll(): Stat[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .flatMap((name) => readStat(Number(name)) ?? [])
    .filter(({ pid }) => pid > 1 && pid !== process.pid);
}

function readStat(pid: number): Stat | null {
  const text = read(`/proc/${pid}/stat`);
  // The name stands in parentheses and may hold anything, also spaces and parentheses.
  const [state, ppid, ...rest] = text.slice(text.lastIndexOf(')') + 2).split(' ');
  const startTime = rest[17];
  return state && ppid && startTime ? { pid, ppid: Number(ppid), state, startTime } : null;
}

function environment(pid: number): string[] {
  return read(`/proc/${pid}/environ`).split('\0').filter(Boolean);
}

function hasMarker(entries: readonly string[], marker: string): boolean {
  const wanted = `${MARKER}=${marker}`;
  return entries.some((entry) => entry === wanted || entry.startsWith(`${wanted}/`));
}

function describe({ pid, startTime }: Stat): Relative {
  const command = read(`/proc/${pid}/cmdline`).split('\0').join(' ').trim();
  return { pid, startTime, command: command || read(`/proc/${pid}/comm`).trim() };
}

function read(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return '';
  }
}

const isAlive = ({ state }: Stat): boolean => state !== 'Z' && state !== 'X';
const key = ({ pid, startTime }: Stat): string => `${pid}:${startTime}`;
