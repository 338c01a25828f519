import type { Patience } from '../worker/worker.js';
import type { Job, Member } from './group.js';
import { isDown, watch } from './members.js';
import type { Turn } from './turn.js';

/** Bring these slots up; those that are up, or on their way, are only waited for. */
export function raise(turn: Turn, job: Job, slots: readonly number[]): void {
  const { config } = turn.group;
  const ids = slots.map((slot) => turn.holder(slot)?.id ?? turn.add(slot, 'holder', config));
  const began: number[] = [];
  for (const member of ids.flatMap((id) => turn.member(id) ?? [])) {
    if (isDown(member)) {
      began.push(member.id);
      turn.put({ ...member, config });
    }
    turn.tell(member.id, { type: 'wantUp' });
  }
  const watched = ids.flatMap((id) => turn.member(id) ?? []).map(watch);
  turn.to(job, { at: 'raising', watched, began });
}

export function lower(turn: Turn, job: Job, members: readonly Member[], patience: Patience): void {
  for (const { id } of members) turn.tell(id, { type: 'wantDown', patience });
  turn.to(job, { at: 'lowering', members: members.map((m) => m.id) });
}
