import type { AppStatus, Fact } from '../control/protocol.js';

/** The verbs that take their time. */
export type Job = 'start' | 'stop' | 'restart' | 'reload' | 'apply' | 'scale';

/** How far a job has come: which workers of each group have arrived, of how many where that is known. */
export type Progress = {
  readonly job: Job;
  readonly groups: ReadonlyMap<string, { readonly arrived: ReadonlySet<string>; readonly of: number | null }>;
};

export function beginProgress(job: Job, names: readonly string[], status: AppStatus | null): Progress {
  const isNamed = (group: string, worker: string) =>
    names.length === 0 || names.includes(group) || names.includes(worker);
  const expected = (status?.groups ?? []).map(({ group, workers }): [string, number] => [
    group,
    new Set(workers.map(({ worker }) => worker).filter((worker) => isNamed(group, worker))).size,
  ]);
  const known = COUNTABLE.includes(job) ? expected.filter(([, of]) => of > 0) : [];
  return { job, groups: new Map(known.map(([group, of]) => [group, { arrived: new Set(), of }])) };
}

/** The same progress where the fact says nothing new. */
export function advance(progress: Progress, fact: Fact): Progress {
  if (fact.kind !== 'worker' || !ARRIVED[progress.job].includes(fact.phase) || fact.part === 'leaver')
    return progress;
  const group = progress.groups.get(fact.group) ?? { arrived: new Set<string>(), of: null };
  if (group.arrived.has(fact.worker)) return progress;
  const arrived = new Set(group.arrived).add(fact.worker);
  return { ...progress, groups: new Map(progress.groups).set(fact.group, { ...group, arrived }) };
}

/** `reload: web 2/4 replaced, chat 0/1 replaced`. */
export function progressWords({ job, groups }: Progress): string {
  const counts = [...groups].map(([group, { arrived, of }]) => {
    const count = of === null ? String(arrived.size) : `${arrived.size}/${Math.max(of, arrived.size)}`;
    return `${group} ${count} ${DONE[job]}`;
  });
  return `${job}: ${counts.length === 0 ? 'under way' : counts.join(', ')}`;
}

/** Those that go through all the workers there are. */
const COUNTABLE: readonly Job[] = ['start', 'stop', 'restart', 'reload'];

const ARRIVED: { readonly [J in Job]: readonly string[] } = {
  start: ['ready'],
  stop: ['idle', 'ended'],
  restart: ['ready'],
  reload: ['ready'],
  apply: ['ready'],
  scale: ['ready', 'idle'],
};

const DONE: { readonly [J in Job]: string } = {
  start: 'ready',
  stop: 'stopped',
  restart: 'restarted',
  reload: 'replaced',
  apply: 'ready',
  scale: 'done',
};
