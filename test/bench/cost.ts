import { readdirSync, readFileSync } from 'node:fs';

const MEBI = 1024;

/** Private memory of a process, in MiB: what nothing else could share. */
export function anonymousMiB(pid: number): number {
  const status = readFileSync(`/proc/${pid}/status`, 'latin1');
  return Number(/RssAnon:\s+(\d+) kB/.exec(status)?.[1]) / MEBI;
}

/** Milliseconds of CPU that all its threads had until now, by the scheduler's own account in nanoseconds. */
export function cpuMs(pid: number): number {
  return readdirSync(`/proc/${pid}/task`).reduce((sum, thread) => sum + threadMs(pid, thread), 0);
}

function threadMs(pid: number, thread: string): number {
  try {
    return Number(readFileSync(`/proc/${pid}/task/${thread}/schedstat`, 'latin1').split(' ')[0]) / 1e6;
  } catch {
    return 0;
  }
}
