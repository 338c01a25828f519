import { readdirSync, readFileSync } from 'node:fs';

/** A process as /proc shows it, with the variables that it began with. */
export type Seen = {
  readonly pid: number;
  readonly ppid: number;
  readonly group: number;
  readonly session: number;
  readonly startTime: string;
  readonly environment: Readonly<Record<string, string>>;
};

/** All that run, zombies left out. */
export function allProcesses(): Seen[] {
  return readdirSync('/proc').flatMap((name) => (/^\d+$/.test(name) ? (look(Number(name)) ?? []) : []));
}

/** Null when it is gone, or a zombie. */
export function look(pid: number): Seen | null {
  const text = read(pid, 'stat');
  const fields = text.slice(text.lastIndexOf(')') + 2).split(' ');
  const [state = 'X', ppid, group, session] = fields;
  if (text === '' || state === 'Z' || state === 'X') return null;
  return {
    pid,
    ppid: Number(ppid),
    group: Number(group),
    session: Number(session),
    startTime: fields[19] ?? '',
    environment: environmentOf(pid),
  };
}

export const isRunning = (pid: number): boolean => look(pid) !== null;

/** What /proc/PID/FILE holds; empty when that is gone. */
export function read(pid: number, file: string): string {
  try {
    return readFileSync(`/proc/${pid}/${file}`, 'utf8');
  } catch {
    return '';
  }
}

/** One line of /proc/PID/status, such as `Umask`. */
export function statusOf(pid: number, key: string): string {
  return new RegExp(`^${key}:\\s*(.*)$`, 'm').exec(read(pid, 'status'))?.[1] ?? '';
}

/** SIGKILL to exactly this process, if it is still the one that was seen. */
export function kill({ pid, startTime }: Pick<Seen, 'pid' | 'startTime'>): void {
  if (pid <= 1 || pid === process.pid || look(pid)?.startTime !== startTime) return;
  try {
    process.kill(pid, 'SIGKILL');
  } catch {
    // It went in the meantime.
  }
}

function environmentOf(pid: number): Record<string, string> {
  const entries = read(pid, 'environ').split('\0').filter(Boolean);
  return Object.fromEntries(
    entries.map((entry) => [entry.replace(/=.*/s, ''), entry.replace(/^[^=]*=/, '')]),
  );
}
