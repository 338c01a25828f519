import type { Command, Job, Member, Outcome, Rollout, Stage } from './group.js';
import { deathSince, isDown, isReady, isWanted, takeUp, watch } from './members.js';
import type { Turn } from './turn.js';

type Reload = Extract<Command, { do: 'reload' }>;
type At<S extends Stage['at']> = Extract<Stage, { at: S }>;

/** Begin the next batch, or end the rollout when there is none. */
export function nextBatch(turn: Turn, job: Job, rollout: Rollout): void {
  const command = job.command as Reload;
  const { batch } = command.config.reload;
  const slots = rollout.rest.slice(0, batch);
  const after = { ...rollout, rest: rollout.rest.slice(batch) };
  if (slots.length === 0) finish(turn, job, command, rollout);
  else if (command.by === 'signal') ask(turn, job, command, slots, after);
  else replace(turn, job, command, slots, after);
}

function replace(turn: Turn, job: Job, command: Reload, slots: readonly number[], rollout: Rollout): void {
  const ids = slots.map((slot) => turn.add(slot, 'newcomer', command.config));
  for (const id of ids) turn.tell(id, { type: 'wantUp' });
  const newcomers = ids.flatMap((id) => turn.member(id) ?? []).map(watch);
  turn.to(job, { at: 'replacing', newcomers, ...rollout });
}

/** Newcomers are coming up: one that dies ends the rollout, all ready take the places of the old ones. */
export function replacing(turn: Turn, job: Job, stage: At<'replacing'>): boolean {
  for (const watched of [...stage.newcomers, ...stage.done]) {
    const member = turn.member(watched.id);
    const death = deathSince(member, watched);
    if (member && death)
      return fail(turn, job, stage, { ok: false, why: 'failed', slot: member.slot, death });
  }
  const newcomers = stage.newcomers.flatMap(({ id }) => turn.member(id) ?? []);
  if (!newcomers.every(isReady)) return false;
  const leavers = newcomers.flatMap((newcomer) => promote(turn, newcomer, (job.command as Reload).patience));
  const { rest, done, verdict } = stage;
  turn.to(job, { at: 'retiring', leavers, rest, done: [...done, ...newcomers.map(watch)], verdict });
  return true;
}

function promote(turn: Turn, newcomer: Member, patience: Reload['patience']): readonly number[] {
  const old = turn.holder(newcomer.slot);
  turn.put({ ...newcomer, part: 'holder' });
  if (!old) return [];
  turn.dismiss(old.id, patience);
  return [old.id];
}

export function retiring(turn: Turn, job: Job, stage: At<'retiring'>): boolean {
  for (const watched of stage.done) {
    const member = turn.member(watched.id);
    const death = deathSince(member, watched);
    if (member && death)
      return fail(turn, job, stage, { ok: false, why: 'failed', slot: member.slot, death });
  }
  if (stage.leavers.some((id) => turn.member(id))) return false;
  nextBatch(turn, job, stage);
  return true;
}

/** Newcomers go, what was promoted gets its old config back if that differs, then the failure is told. */
function fail(turn: Turn, job: Job, stage: At<'replacing' | 'retiring'>, outcome: Outcome): boolean {
  const newcomers = stage.at === 'replacing' ? stage.newcomers.map(({ id }) => id) : [];
  for (const id of newcomers) turn.dismiss(id, 'timeout');
  const leavers = stage.at === 'retiring' ? stage.leavers : [];
  const differs = (job.command as Reload).config !== turn.group.config;
  const done = stage.done.flatMap(({ id }) => turn.member(id) ?? []);
  const back = differs && stage.verdict === null ? done.map((m) => m.slot) : [];
  turn.to(job, {
    at: 'undoing',
    members: [...newcomers, ...leavers],
    back,
    outcome: stage.verdict ?? outcome,
  });
  return true;
}

/** The slots that were already replaced get the config that the group had before. */
export function rollBack(turn: Turn, job: Job, slots: readonly number[], verdict: Outcome): void {
  const { config, count } = turn.group;
  const surplus = turn.group.members.filter((m) => m.slot >= count);
  for (const { id } of surplus) turn.dismiss(id, 'timeout');
  const command: Reload = { ...(job.command as Reload), config, count, by: 'replace' };
  nextBatch(turn, { ...job, command }, { rest: slots.filter((slot) => slot < count), done: [], verdict });
}

function ask(turn: Turn, job: Job, command: Reload, slots: readonly number[], rollout: Rollout): void {
  const { signal } = command.config.reload;
  const { within } = command.config.ready;
  const asked = slots.flatMap((slot) => turn.holder(slot) ?? []).filter(isReady);
  for (const { worker } of asked) turn.effects.push({ do: 'askReload', life: worker.life, signal, within });
  turn.to(job, { at: 'signalling', asked: asked.map(watch), ...rollout });
}

/** The programs reload themselves: one that dies of it ends the rollout. */
export function signalling(turn: Turn, job: Job, stage: At<'signalling'>): boolean {
  for (const watched of stage.asked) {
    const member = turn.member(watched.id);
    const death = deathSince(member, watched);
    if (!member || !death) continue;
    turn.settle({ ok: false, why: 'failed', slot: member.slot, death });
    return true;
  }
  if (stage.asked.length > 0) return false;
  nextBatch(turn, job, stage);
  return true;
}

/** The group is what the command wanted: slots beyond the count go, resting ones take up the new config. */
function finish(turn: Turn, job: Job, command: Reload, { verdict }: Rollout): void {
  const { config, count } = command;
  const surplus = turn.group.members.filter((m) => m.slot >= count);
  for (const { id } of surplus) turn.dismiss(id, command.patience);
  for (const member of turn.group.members) turn.put({ ...member, config: nextConfig(member, command) });
  turn.change({ config, count });
  if (verdict) turn.settle(verdict);
  else turn.to(job, { at: 'lowering', members: surplus.map((m) => m.id) });
}

/** Resting workers start with the new config; a program that was only signalled keeps its process. */
function nextConfig(member: Member, { config, by }: Reload): Member['config'] {
  if (isDown(member) && !isWanted(member)) return config;
  return by === 'signal' ? takeUp(member.config, config) : member.config;
}
