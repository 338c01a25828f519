import type { Command, Group, Job, Outcome } from './group.js';
import { slotsOf } from './members.js';
import type { Turn } from './turn.js';

type Stop = Extract<Command, { do: 'stop' }>;

/** A stop waits for nothing: its slots go at once, and out of all that is under way or in the queue. */
export function stop(turn: Turn, ticket: number, command: Stop): void {
  const { job, queue } = turn.group;
  const most = mostSlots(turn.group);
  turn.change({ queue: queue.flatMap((waiting) => reduced(waiting, command, most) ?? drop(turn, waiting)) });
  if (job) reduceJob(turn, job, command);
  const members = turn.within(command.slots);
  for (const { id, part } of members) {
    if (part === 'newcomer') turn.dismiss(id, 'timeout');
    turn.tell(id, { type: 'wantDown', patience: command.patience });
  }
  const stage = { at: 'lowering', members: members.map((m) => m.id) } as const;
  turn.change({ queue: [...turn.group.queue, { ticket, command, stage }] });
}

/** A command in the queue speaks of the slots that there are when its turn comes. */
function mostSlots({ count, job, queue }: Group): number {
  const commands = [...(job ? [job] : []), ...queue].map(({ command }) => command);
  return Math.max(count, ...commands.map((command) => ('count' in command ? command.count : 0)));
}

/** What the stop leaves of a job; null is nothing. */
function reduced(job: Job, { slots }: Stop, count: number): Job | null {
  const { command } = job;
  if (command.do === 'stop') return job;
  if (slots === null) return null;
  // These speak of the group as a whole, and leave alone what is stopped.
  if (command.do === 'adjust' || (command.do === 'reload' && command.slots === null)) return job;
  const own = slotsOf(command.slots, count);
  const left = own.filter((slot) => !slots.includes(slot));
  if (left.length === own.length) return job;
  return left.length > 0 ? { ...job, command: { ...command, slots: left } } : null;
}

function drop(turn: Turn, job: Job): readonly Job[] {
  turn.answer(job, SUPERSEDED);
  return [];
}

const SUPERSEDED: Outcome = { ok: false, why: 'superseded', by: 'stop' };

function reduceJob(turn: Turn, job: Job, command: Stop): void {
  const left = reduced(job, command, turn.group.count);
  if (left) turn.change({ job: left });
  else {
    turn.dismissSurplus(turn.group.count, 'timeout');
    turn.settle(knownFailure(job) ?? SUPERSEDED);
  }
}

/** A job that was only undoing things has its outcome already. */
function knownFailure({ stage }: Job): Outcome | null {
  if (stage.at === 'undoing') return stage.outcome;
  return 'verdict' in stage ? stage.verdict : null;
}
