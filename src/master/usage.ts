import type { Bytes, Millis } from '../config/app.js';
import { type Identity, listProcesses, type Process, ticksPerSecond } from '../system/processes.js';

export type Usage = { readonly cpu: number | null; readonly memory: Bytes | null };

type Sample = { readonly ticks: number; readonly at: Millis };
const NONE: Usage = { cpu: null, memory: null };

/** CPU and memory of process trees: one pass over /proc for all of them. */
export class UsageMeter {
  private samples = new Map<string, Sample>();

  /** Per cent of one core since the last look, or since `spawnedAt` at the first. */
  look(
    lives: readonly { readonly identity: Identity; readonly spawnedAt: Millis }[],
    now: Millis,
  ): Map<number, Usage> {
    const trees = new Trees(listProcesses());
    const samples = new Map<string, Sample>();
    const usages = new Map<number, Usage>();
    for (const { identity, spawnedAt } of lives) {
      const key = `${identity.pid}:${identity.startTime}`;
      const tree = trees.of(identity.pid);
      const ticks = tree.reduce((sum, process) => sum + process.ticks, 0);
      const before = this.samples.get(key) ?? { ticks: 0, at: spawnedAt };
      samples.set(key, { ticks, at: now });
      usages.set(
        identity.pid,
        tree.length === 0
          ? NONE
          : { cpu: percent(ticks - before.ticks, now - before.at), memory: memoryOf(tree) },
      );
    }
    this.samples = samples;
    return usages;
  }
}

const percent = (ticks: number, span: Millis): number | null =>
  span < 1 ? null : Math.max(0, Math.round(((ticks / ticksPerSecond) * 1000 * 1000) / span) / 10);

const memoryOf = (tree: readonly Process[]): Bytes => tree.reduce((sum, { rssBytes }) => sum + rssBytes, 0);

/** Who belongs to whom: below it, or in the session that it leads. */
class Trees {
  private readonly byPid = new Map<number, Process>();
  private readonly below = new Map<number, Process[]>();

  constructor(all: readonly Process[]) {
    for (const process of all) this.byPid.set(process.pid, process);
    for (const process of all)
      for (const owner of new Set([process.ppid, process.session])) this.put(owner, process);
  }

  of(pid: number): readonly Process[] {
    const found = new Set<Process>();
    const open = this.byPid.has(pid) ? [this.byPid.get(pid) as Process] : [];
    for (let next = open.pop(); next; next = open.pop()) {
      if (found.has(next)) continue;
      found.add(next);
      open.push(...(this.below.get(next.pid) ?? []));
    }
    return [...found];
  }

  private put(owner: number, process: Process): void {
    if (owner === process.pid) return;
    const list = this.below.get(owner);
    if (list) list.push(process);
    else this.below.set(owner, [process]);
  }
}
