import type { LastExit } from '../control/protocol.js';
import type { Group, Member } from '../group/group.js';
import { isCrashLooping } from '../worker/worker.js';
import { lastExit } from './death-words.js';
import type { News } from './journal.js';

type WorkerNews = Extract<News, { kind: 'worker' }>;

export type Knowledge = {
  readonly now: number;
  pid(group: string, life: number): number | null;
  tail(group: string, life: number): readonly string[];
};

/** What changed between two states of a group, worth telling; who became ready comes before whom it replaces. */
export function factsBetween(before: Group, after: Group, know: Knowledge): readonly News[] {
  const facts = after.members.flatMap((member, at) => {
    const there = before.members[at];
    const earlier = there?.id === member.id ? there : before.members.find(({ id }) => id === member.id);
    if (earlier === member || !changed(earlier, member)) return [];
    return [workerFact(earlier, member, know)];
  });
  return facts.toSorted((a, b) => Number(b.phase === 'ready') - Number(a.phase === 'ready'));
}

function changed(earlier: Member | undefined, member: Member): boolean {
  const { worker } = member;
  return worker.phase !== (earlier?.worker.phase ?? 'idle') || worker.life !== (earlier?.worker.life ?? 0);
}

function workerFact(earlier: Member | undefined, member: Member, know: Knowledge): WorkerNews {
  const { config, slot, part, worker } = member;
  const died = worker.last !== null && worker.last !== earlier?.worker.last;
  return {
    kind: 'worker',
    worker: `${config.name}.${slot}`,
    group: config.name,
    life: worker.life,
    pid: know.pid(config.name, worker.life),
    part,
    before: earlier?.worker.phase ?? 'idle',
    phase: worker.phase,
    last: died ? deathOf(member, know) : null,
    nextTryIn: nextTryIn(member, know.now),
    crashLooping: isCrashLooping(worker),
  };
}

export function deathOf({ config, worker }: Member, know: Knowledge): LastExit | null {
  return worker.last && lastExit(worker.last, know.now, know.tail(config.name, worker.last.life));
}

export const nextTryIn = ({ worker }: Member, now: number): number | null =>
  worker.phase === 'waiting' && worker.dueAt !== null ? Math.max(0, Math.round(worker.dueAt - now)) : null;
