import { readdirSync, readFileSync } from 'node:fs';

/** Finds, in /proc, the processes that are `sleep NAP` by now: those that were spawned but not yet executed are not. */
export class Sleepers {
  private readonly others = new Set(pids());
  private readonly ours = new Set<string>();

  constructor(private readonly nap: string) {}

  /** Also those that died since. */
  seen(): ReadonlySet<string> {
    for (const pid of pids())
      if (!this.others.has(pid) && !this.ours.has(pid) && isSleep(pid, this.nap)) this.ours.add(pid);
    return this.ours;
  }
}

const pids = (): string[] => readdirSync('/proc').filter((name) => name >= '1' && name < ':');

function isSleep(pid: string, nap: string): boolean {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'latin1') === `/bin/sleep\0${nap}\0`;
  } catch {
    return false;
  }
}
