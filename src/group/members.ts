import type { GroupConfig } from '../config/app.js';
import { type Death, isAlive } from '../worker/worker.js';
import type { Group, Member, Slots, Watched } from './group.js';

/** A group that has not begun anything yet. */
export const newGroup = (config: GroupConfig): Group => ({
  config,
  count: config.count,
  members: [],
  job: null,
  queue: [],
  nextMember: 1,
  nextLife: 1,
});

/** The slots that a command speaks of, of those that there are. */
export const slotsOf = (slots: Slots, count: number): readonly number[] =>
  slots === null
    ? Array.from({ length: count }, (_, slot) => slot)
    : [...new Set(slots)].filter((slot) => slot < count);

export const isDown = (member: Member): boolean =>
  !isAlive(member.worker) && member.worker.phase !== 'waiting';
export const isReady = (member: Member): boolean => member.worker.phase === 'ready';
export const isWanted = (member: Member): boolean => member.worker.wanted === 'up';

export const watch = (member: Member): Watched => ({ id: member.id, life: member.worker.life });

/** The death of a watched life (or of one after it) that nobody asked for. */
export function deathSince(member: Member | undefined, watched: Watched): Death | null {
  const last = member?.worker.last;
  if (!last || last.life < watched.life || last.cause?.why === 'told') return null;
  return last;
}

/** It did not come up: it died, or was ended, before it was ready; a task that came to its end did not fail. */
export function failedStart(member: Member, watched: Watched): Death | null {
  const death = deathSince(member, watched);
  return death && !death.served && isWanted(member) && member.worker.phase !== 'ended' ? death : null;
}

/** It is, or was since, ready; or it is a task that came to its end; or a stop took it out of the job. */
export function cameUp(member: Member | undefined, watched: Watched): boolean {
  if (!member || !isWanted(member) || isReady(member) || member.worker.phase === 'ended') return true;
  return deathSince(member, watched)?.served ?? false;
}

export const readyCount = (group: Group): number =>
  group.members.filter((m) => m.part !== 'leaver' && isReady(m)).length;

/** Whether new slots are to be started: one that was stopped by hand stays so. */
export const isUp = (group: Group): boolean =>
  group.count === 0 || group.members.some((m) => m.part === 'holder' && isWanted(m));

/** What a living process need not know of: taken from the new config, the rest stays. */
export const takeUp = (old: GroupConfig, next: GroupConfig): GroupConfig => ({
  ...old,
  count: next.count,
  ready: next.ready,
  reload: next.reload,
  restart: next.restart,
  stop: next.stop,
  logs: next.logs,
  needs: next.needs,
});
