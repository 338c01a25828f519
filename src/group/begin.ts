import type { Command, Job, Member } from './group.js';
import { isUp, isWanted, slotsOf, takeUp, watch } from './members.js';
import { nextBatch } from './rollout.js';
import type { Turn } from './turn.js';

/** The first thing that a command does. */
export function begin(turn: Turn, job: Job): void {
  const { command } = job;
  switch (command.do) {
    case 'start':
      raise(turn, job, slotsOf(command.slots, turn.group.count));
      break;
    case 'stop':
    case 'restart':
      lower(turn, job, turn.within(command.slots), command.patience);
      break;
    case 'reload':
      reload(turn, job, command);
      break;
    case 'adjust':
      adjust(turn, job, command);
      break;
    default:
      command satisfies never;
  }
}

/** Bring these slots up; those that are up, or on their way, are only waited for. */
export function raise(turn: Turn, job: Job, slots: readonly number[]): void {
  const began: number[] = [];
  const ids = slots.map((slot) => turn.holder(slot)?.id ?? turn.add(slot, 'holder', turn.group.config));
  for (const id of ids) {
    const before = turn.member(id)?.worker.life;
    turn.tell(id, { type: 'wantUp' });
    if (turn.member(id)?.worker.life !== before) began.push(id);
  }
  const watched = ids.flatMap((id) => turn.member(id) ?? []).map(watch);
  turn.to(job, { at: 'raising', watched, began });
}

export function lower(
  turn: Turn,
  job: Job,
  members: readonly Member[],
  patience: 'timeout' | 'forever' | 'none',
): void {
  for (const { id } of members) turn.tell(id, { type: 'wantDown', patience });
  turn.to(job, { at: 'lowering', members: members.map((m) => m.id) });
}

function reload(turn: Turn, job: Job, command: Extract<Command, { do: 'reload' }>): void {
  const isNew = isUp(turn.group) && command.slots === null;
  const up = (slot: number): boolean => isReplaceable(turn.holder(slot), isNew);
  const slots = slotsOf(command.slots, command.count).filter(up);
  nextBatch(turn, job, { rest: slots, done: [], verdict: null });
}

/** A slot that is new, or whose worker is wanted and did not come to its own end. */
function isReplaceable(holder: Member | undefined, isNew: boolean): boolean {
  if (!holder) return isNew;
  return isWanted(holder) && holder.worker.phase !== 'ended';
}

function adjust(turn: Turn, job: Job, command: Extract<Command, { do: 'adjust' }>): void {
  const { config, count } = command;
  const before = turn.group.count;
  const wasUp = isUp(turn.group);
  for (const member of turn.group.members) turn.put({ ...member, config: takeUp(member.config, config) });
  const surplus = turn.group.members.filter((m) => m.slot >= count);
  for (const { id } of surplus) turn.dismiss(id, command.patience);
  turn.change({ config, count });
  const added = slotsOf(null, count).filter((slot) => slot >= before);
  if (added.length > 0 && wasUp) raise(turn, job, added);
  else turn.to(job, { at: 'lowering', members: surplus.map((m) => m.id) });
}
