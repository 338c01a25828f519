import type { Millis } from '../config/app.js';
import { advance } from './advance.js';
import { begin } from './begin.js';
import type { Command, Group, GroupEvent, GroupStep, Member } from './group.js';
import { isDown } from './members.js';
import { stop } from './supersede.js';
import { Turn } from './turn.js';

/** A group, one event further. `dice` gives numbers in [0, 1). */
export function stepGroup(group: Group, event: GroupEvent, now: Millis, dice: () => number): GroupStep {
  const turn = new Turn(group, now, dice);
  happen(turn, event);
  do settleDown(turn);
  while (goOn(turn));
  return { group: turn.group, effects: turn.effects };
}

function happen(turn: Turn, event: GroupEvent): void {
  if (event.type === 'command') take(turn, event.ticket, event.command);
  else if (event.type === 'reloaded') confirm(turn, event.life);
  else if (event.type === 'reloadLate') giveUpOn(turn, event.life);
  else if ('life' in event) {
    const member = turn.group.members.find((m) => m.worker.life === event.life);
    if (member) turn.tell(member.id, event);
  }
}

/** Commands wait for each other, but a stop does not. */
function take(turn: Turn, ticket: number, command: Command): void {
  if (command.do === 'stop') stop(turn, ticket, command);
  else turn.change({ queue: [...turn.group.queue, { ticket, command, stage: { at: 'queued' } }] });
}

function confirm(turn: Turn, life: number): void {
  const { job } = turn.group;
  if (job?.stage.at !== 'signalling') return;
  turn.to(job, { ...job.stage, asked: job.stage.asked.filter((asked) => asked.life !== life) });
}

function giveUpOn(turn: Turn, life: number): void {
  const { job } = turn.group;
  if (job?.stage.at !== 'signalling' || job.command.do !== 'reload') return;
  const { within } = job.command.config.ready;
  const asked = job.stage.asked.find((one) => one.life === life);
  const member = asked && turn.member(asked.id);
  if (member) turn.settle({ ok: false, why: 'unconfirmed', slot: member.slot, within });
}

/** Leavers that are gone are forgotten, and a stop whose slots are down is over, whatever else is under way. */
function settleDown(turn: Turn): void {
  const { members } = turn.group;
  if (members.some(isGone)) turn.change({ members: members.filter((m) => !isGone(m)) });
  const { queue } = turn.group;
  const over = queue.filter(({ stage }) => stage.at === 'lowering' && turn.areDown(stage.members));
  if (over.length === 0) return;
  for (const job of over) turn.answer(job, { ok: true });
  turn.change({ queue: queue.filter((job) => !over.includes(job)) });
}

const isGone = (m: Member): boolean => m.part === 'leaver' && isDown(m);

/** Move the job on, or begin the next one; whether anything moved. */
function goOn(turn: Turn): boolean {
  const { job, queue } = turn.group;
  if (job) return advance(turn, job);
  const [next, ...rest] = queue;
  if (!next || (next.command.do !== 'stop' && turn.group.members.some((m) => m.part !== 'holder')))
    return false;
  turn.change({ queue: rest, job: next });
  begin(turn, next);
  return true;
}
