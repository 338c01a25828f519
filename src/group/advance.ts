import type { Job, Member, Outcome, Stage } from './group.js';
import { cameUp, failedStart, slotsOf } from './members.js';
import { lower, raise } from './raise.js';
import { replacing, retiring, rollBack, signalling } from './rollout.js';
import type { Turn } from './turn.js';

type At<S extends Stage['at']> = Extract<Stage, { at: S }>;

/** Move the job on if what it waits for has come; whether it moved. */
export function advance(turn: Turn, job: Job): boolean {
  const { stage } = job;
  switch (stage.at) {
    case 'queued':
      return false;
    case 'lowering':
      return lowering(turn, job, stage);
    case 'raising':
      return raising(turn, job, stage);
    case 'replacing':
      return replacing(turn, job, stage);
    case 'retiring':
      return retiring(turn, job, stage);
    case 'signalling':
      return signalling(turn, job, stage);
    case 'undoing':
      return undoing(turn, job, stage);
    default:
      return stage satisfies never;
  }
}

function lowering(turn: Turn, job: Job, stage: At<'lowering'>): boolean {
  if (!turn.areDown(stage.members)) return false;
  if (job.command.do === 'restart') raise(turn, job, slotsOf(job.command.slots, turn.group.count));
  else turn.settle({ ok: true });
  return true;
}

function raising(turn: Turn, job: Job, stage: At<'raising'>): boolean {
  for (const watched of stage.watched) {
    const member = turn.member(watched.id);
    const death = member && failedStart(member, watched);
    if (member && death && !triesOn(turn, job, member))
      return failed(turn, job, stage, { ok: false, why: 'failed', slot: member.slot, death });
  }
  if (!stage.watched.every((watched) => cameUp(turn.member(watched.id), watched))) return false;
  turn.settle({ ok: true });
  return true;
}

/** A start that keeps what it began waits as long as there is a next try, and nobody waits for the start. */
const triesOn = (turn: Turn, { command }: Job, { worker }: Member): boolean =>
  command.do === 'start' && command.keep && worker.phase !== 'failed' && turn.group.queue.length === 0;

/** A start takes back what it began; what is to be kept up, or was up before, goes on trying. */
function failed(turn: Turn, job: Job, stage: At<'raising'>, outcome: Outcome): boolean {
  const { command } = job;
  if (command.do === 'adjust' || command.do === 'reload') return shrinkBack(turn, job, stage, outcome);
  if (command.do !== 'start' || command.keep) turn.settle(outcome);
  else {
    const members = stage.began.flatMap((id) => turn.member(id) ?? []);
    lower(turn, job, members, 'timeout');
    turn.to(job, { at: 'undoing', members: stage.began, back: [], outcome });
  }
  return true;
}

function shrinkBack(turn: Turn, job: Job, stage: At<'raising'>, outcome: Outcome): boolean {
  const ids = stage.watched.map(({ id }) => id);
  const lowest = Math.min(...ids.flatMap((id) => turn.member(id)?.slot ?? []));
  for (const id of ids) turn.dismiss(id, 'timeout');
  turn.change({ count: lowest });
  turn.to(job, { at: 'undoing', members: ids, back: [], outcome });
  return true;
}

function undoing(turn: Turn, job: Job, stage: At<'undoing'>): boolean {
  if (!turn.areDown(stage.members)) return false;
  if (stage.back.length > 0) rollBack(turn, job, stage.back, stage.outcome);
  else turn.settle(stage.outcome);
  return true;
}
