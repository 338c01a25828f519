import type { Command, Job, Member, Outcome, Rollout, Stage, Watched } from './group.js';
import { deathSince, isDown, isReady, isUp, isWanted, slotsOf, takeUp, watch } from './members.js';
import { raise } from './raise.js';
import type { Turn } from './turn.js';

type Reload = Extract<Command, { do: 'reload' }>;
type At<S extends Stage['at']> = Extract<Stage, { at: S }>;

/** Begin the next batch, or end the rollout when there is none. */
export function nextBatch(turn: Turn, job: Job, rollout: Rollout): void {
  const command = job.command as Reload;
  const { batch } = command.config.reload;
  const rest = rollout.rest.filter((slot) => isStillWanted(turn.holder(slot)));
  const slots = rest.slice(0, batch);
  // By name: the rollout may be a whole stage, whose own fields must not go on.
  const after: Rollout = { rest: rest.slice(batch), done: rollout.done, verdict: rollout.verdict };
  if (slots.length === 0) finish(turn, job, command, rollout);
  else if (command.by === 'signal') ask(turn, job, command, slots, after);
  else replace(turn, job, command, slots, after);
}

/** A slot that was stopped meanwhile stays so. */
const isStillWanted = (holder: Member | undefined): boolean => !holder || isWanted(holder);

function replace(turn: Turn, job: Job, command: Reload, slots: readonly number[], rollout: Rollout): void {
  const ids = slots.map((slot) => turn.add(slot, 'newcomer', command.config));
  for (const id of ids) turn.tell(id, { type: 'wantUp' });
  const newcomers = ids.flatMap((id) => turn.member(id) ?? []).map(watch);
  turn.to(job, { at: 'replacing', newcomers, ...rollout });
}

/** Newcomers are coming up: one that dies ends the rollout, all ready take the places of the old ones. */
export function replacing(turn: Turn, job: Job, stage: At<'replacing'>): boolean {
  const coming = stage.newcomers.filter(({ id }) => turn.member(id)?.part === 'newcomer');
  const failure = firstFailure(turn, [...coming, ...watchedDone(stage)]);
  if (failure) return fail(turn, job, stage, failure);
  const newcomers = coming.flatMap(({ id }) => turn.member(id) ?? []);
  if (!newcomers.every(isReady)) return false;
  for (const newcomer of newcomers) promote(turn, newcomer, (job.command as Reload).patience);
  const { rest, verdict } = stage;
  const done = [...stage.done, ...newcomers.map(watch)];
  turn.to(job, { at: 'retiring', leavers: turn.leavers(), rest, done, verdict });
  return true;
}

function promote(turn: Turn, newcomer: Member, patience: Reload['patience']): void {
  const old = turn.holder(newcomer.slot);
  turn.put({ ...newcomer, part: 'holder' });
  if (old) turn.dismiss(old.id, patience);
}

export function retiring(turn: Turn, job: Job, stage: At<'retiring'>): boolean {
  const failure = firstFailure(turn, watchedDone(stage));
  if (failure) return fail(turn, job, stage, failure);
  if (!turn.areDown(stage.leavers)) return false;
  nextBatch(turn, job, stage);
  return true;
}

/** What was rolled back is the old program: its death is its own matter. */
const watchedDone = ({ done, verdict }: Rollout): readonly Watched[] => (verdict ? [] : done);

function firstFailure(turn: Turn, watched: readonly Watched[]): Outcome | null {
  for (const one of watched) {
    const member = turn.member(one.id);
    const death = deathSince(member, one);
    if (member && death && isWanted(member)) return { ok: false, why: 'failed', slot: member.slot, death };
  }
  return null;
}

/** Newcomers go, what was promoted gets its old config back if that differs, then the failure is told. */
function fail(turn: Turn, job: Job, stage: At<'replacing' | 'retiring'>, outcome: Outcome): boolean {
  for (const { id, part } of turn.group.members) if (part === 'newcomer') turn.dismiss(id, 'timeout');
  turn.dismissSurplus(turn.group.count, 'timeout');
  const back = stage.verdict ? stage.rest : slotsToRollBack(turn, job.command as Reload, stage);
  turn.to(job, { at: 'undoing', members: turn.leavers(), back, outcome: stage.verdict ?? outcome });
  return true;
}

function slotsToRollBack(turn: Turn, command: Reload, { done }: Rollout): readonly number[] {
  if (command.config === turn.group.config) return [];
  const promoted = done.flatMap(({ id }) => turn.member(id) ?? []);
  return promoted.filter((m) => m.part === 'holder').map((m) => m.slot);
}

/** The slots that were already replaced get the config that the group had before. */
export function rollBack(turn: Turn, job: Job, slots: readonly number[], verdict: Outcome): void {
  const { config, count } = turn.group;
  const command: Reload = { ...(job.command as Reload), config, count, by: 'replace' };
  nextBatch(turn, { ...job, command }, { rest: slots, done: [], verdict });
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
  const failure = firstFailure(turn, stage.asked);
  if (failure) turn.settle(failure);
  else if (stage.asked.some(({ id }) => isStillAsked(turn.member(id)))) return false;
  else nextBatch(turn, job, stage);
  return true;
}

/** One that a stop took out of the rollout need not confirm. */
const isStillAsked = (member: Member | undefined): boolean => member !== undefined && isWanted(member);

/** The group is what the command wanted: slots beyond the count go, resting ones take up the new config. */
function finish(turn: Turn, job: Job, command: Reload, { verdict }: Rollout): void {
  const { config, count } = command;
  const added = slotsToStart(turn, command);
  turn.dismissSurplus(count, command.patience);
  for (const member of turn.group.members) turn.put({ ...member, config: nextConfig(member, command) });
  turn.change({ config, count });
  if (verdict) turn.settle(verdict);
  else if (added.length > 0) raise(turn, job, added);
  else turn.to(job, { at: 'lowering', members: turn.leavers() });
}

/** A reload by signal replaces nothing, so the slots of a larger count are still to be started. */
function slotsToStart({ group }: Turn, { by, slots, count }: Reload): readonly number[] {
  if (by === 'replace' || slots !== null || !isUp(group)) return [];
  return slotsOf(null, count).filter((slot) => slot >= group.count);
}

/** Resting workers start with the new config; a program that was only signalled keeps its process. */
function nextConfig(member: Member, { config, by }: Reload): Member['config'] {
  if (isDown(member) && !isWanted(member)) return config;
  return by === 'signal' ? takeUp(member.config, config) : member.config;
}
