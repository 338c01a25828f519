import type { Millis } from '../config/app.js';
import { advance } from './advance.js';
import { begin } from './begin.js';
import type { Command, Group, GroupEvent, GroupStep, Job } from './group.js';
import { isDown } from './members.js';
import { Turn } from './turn.js';

/** A group, one event further. `dice` gives numbers in [0, 1). */
export function stepGroup(group: Group, event: GroupEvent, now: Millis, dice: () => number): GroupStep {
  const turn = new Turn(group, now, dice);
  happen(turn, event);
  do forgetLeavers(turn);
  while (goOn(turn));
  return { group: turn.group, effects: turn.effects };
}

function happen(turn: Turn, event: GroupEvent): void {
  if (event.type === 'command')
    take(turn, { ticket: event.ticket, command: event.command, stage: { at: 'queued' } });
  else if (event.type === 'reloaded') confirm(turn, event.life);
  else if (event.type === 'reloadLate') giveUpOn(turn, event.life);
  else if ('life' in event) {
    const member = turn.group.members.find((m) => m.worker.life === event.life);
    if (member) turn.tell(member.id, event);
  }
}

/** Commands wait for each other, but a stop does not: it ends what is under way and what waits. */
function take(turn: Turn, job: Job): void {
  if (job.command.do === 'stop') supersede(turn, job.command);
  turn.change({ queue: [...turn.group.queue, job] });
}

function supersede(turn: Turn, stop: Extract<Command, { do: 'stop' }>): void {
  const { job, queue } = turn.group;
  for (const waiting of queue.filter((j) => j.command.do !== 'stop'))
    turn.answer(waiting, { ok: false, why: 'superseded', by: 'stop' });
  turn.change({ queue: queue.filter((j) => j.command.do === 'stop') });
  if (job && job.command.do !== 'stop') abandon(turn, job);
  for (const member of turn.within(stop.slots))
    turn.tell(member.id, { type: 'wantDown', patience: stop.patience });
}

/** What a job has begun and not finished goes again; a failure that it already knows is told as that. */
function abandon(turn: Turn, job: Job): void {
  for (const member of turn.group.members) if (member.part === 'newcomer') turn.dismiss(member.id, 'timeout');
  turn.settle(job.stage.at === 'undoing' ? job.stage.outcome : { ok: false, why: 'superseded', by: 'stop' });
}

function confirm(turn: Turn, life: number): void {
  const { job } = turn.group;
  if (job?.stage.at !== 'signalling') return;
  turn.to(job, { ...job.stage, asked: job.stage.asked.filter((asked) => asked.life !== life) });
}

function giveUpOn(turn: Turn, life: number): void {
  const { job } = turn.group;
  if (job?.stage.at !== 'signalling') return;
  const asked = job.stage.asked.find((one) => one.life === life);
  const member = asked && turn.member(asked.id);
  if (member)
    turn.settle({ ok: false, why: 'unconfirmed', slot: member.slot, within: member.config.ready.within });
}

function forgetLeavers(turn: Turn): void {
  const { members } = turn.group;
  if (members.some((m) => m.part === 'leaver' && isDown(m)))
    turn.change({ members: members.filter((m) => m.part !== 'leaver' || !isDown(m)) });
}

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
