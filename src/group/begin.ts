import type { Command, Job, Member } from './group.js';
import { isUp, isWanted, slotsOf, takeUp } from './members.js';
import { lower, raise } from './raise.js';
import { nextBatch } from './rollout.js';
import type { Turn } from './turn.js';

/** The first thing that a command does; a stop did it when it was taken. */
export function begin(turn: Turn, job: Job): void {
  const { command } = job;
  switch (command.do) {
    case 'stop':
      break;
    case 'start':
      raise(turn, job, slotsOf(command.slots, turn.group.count));
      break;
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
  turn.dismissSurplus(count, command.patience);
  turn.change({ config, count });
  const added = slotsOf(null, count).filter((slot) => slot >= before);
  if (added.length > 0 && wasUp) raise(turn, job, added);
  else turn.to(job, { at: 'lowering', members: turn.leavers() });
}
