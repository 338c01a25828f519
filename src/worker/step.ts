import { afterDeath, type Verdict } from './restart-policy.js';
import type {
  Cause,
  Chance,
  Death,
  Effect,
  Patience,
  Phase,
  Step,
  Worker,
  WorkerEvent,
  WorkerPolicy,
} from './worker.js';

type Type = WorkerEvent['type'];
type Event<T extends Type> = Extract<WorkerEvent, { type: T }>;
type Move<T extends Type> = (worker: Worker, event: Event<T>, policy: WorkerPolicy, chance: Chance) => Step;
type AnyMove = (worker: Worker, event: WorkerEvent, policy: WorkerPolicy, chance: Chance) => Step;
type Moves = { readonly [P in Phase]: { readonly [T in Type]: Move<T> } };

/** A life, one event further. News of an earlier life changes nothing. */
export function step(worker: Worker, event: WorkerEvent, policy: WorkerPolicy, chance: Chance): Step {
  if ('life' in event && event.life !== worker.life) return stay(worker);
  const move = MOVES[worker.phase][event.type] as AnyMove;
  return move(worker, event, policy, chance);
}

const stay = (worker: Worker): Step => ({ worker, effects: [] });
const enter = (worker: Worker, change: Partial<Worker>, ...effects: Effect[]): Step => ({
  worker: { ...worker, ...change },
  effects,
});

/** Begin a life that was asked for: what died before it does not count any more. */
const spawn: AnyMove = (worker, _event, policy, chance) =>
  begin({ ...worker, deaths: 0 }, policy, chance, worker.restarts);

/** Begin a life in the place of one that ended unasked. */
const respawn: AnyMove = (worker, _event, policy, chance) =>
  begin(worker, policy, chance, worker.restarts + 1);

function begin(worker: Worker, policy: WorkerPolicy, { now, life }: Chance, restarts: number): Step {
  const due = { dueAt: now + policy.ready.within, readyAt: null, cause: null };
  return enter(
    worker,
    { phase: 'starting', wanted: 'up', life, spawnedAt: now, restarts, ...due },
    { do: 'spawn', life },
    { do: 'wake', life, after: policy.ready.within },
  );
}

const serve: Move<'ready'> = (worker, _event, _policy, { now }) =>
  enter(worker, { phase: 'ready', readyAt: now, dueAt: null });

const quit: Move<'wantDown'> = (worker, { patience }, policy, chance) =>
  end({ ...worker, wanted: 'down' }, { why: 'told' }, patience, policy, chance);

const expel: Move<'unwell'> = (worker, { reason }, policy, chance) =>
  end(worker, { why: 'unwell', reason }, 'timeout', policy, chance);

/** The deadline of the start passed; a timer that came before its time is set anew. */
const late: Move<'due'> = (worker, _event, policy, chance) =>
  early(worker, chance) ??
  end(worker, { why: 'late', within: policy.ready.within }, 'timeout', policy, chance);

function end(worker: Worker, cause: Cause, patience: Patience, policy: WorkerPolicy, { now }: Chance): Step {
  const { life } = worker;
  const leaving: Worker = { ...worker, phase: 'stopping', cause, dueAt: null };
  if (patience === 'none') return enter(leaving, {}, { do: 'signal', life, signal: 'SIGKILL' });
  const told: Effect = { do: 'signal', life, signal: policy.stop.signal };
  if (patience === 'forever') return enter(leaving, {}, told);
  return enter(leaving, { dueAt: now + policy.stop.timeout }, told, {
    do: 'wake',
    life,
    after: policy.stop.timeout,
  });
}

/** A stop that was under way gets another patience: sooner, or a limit where there was none. */
const hasten: Move<'wantDown'> = (worker, { patience }, policy, { now }) => {
  const { life } = worker;
  const down: Worker = { ...worker, wanted: 'down' };
  if (patience === 'none') return enter(down, { dueAt: null }, { do: 'signal', life, signal: 'SIGKILL' });
  if (patience === 'forever' || worker.dueAt !== null) return stay(down);
  return enter(down, { dueAt: now + policy.stop.timeout }, { do: 'wake', life, after: policy.stop.timeout });
};

const kill: Move<'due'> = (worker, _event, _policy, chance) =>
  early(worker, chance) ??
  enter(worker, { dueAt: null }, { do: 'signal', life: worker.life, signal: 'SIGKILL' });

/** What a timer means that has no deadline behind it (nothing), or one that went off too soon (wait for the rest). */
function early(worker: Worker, { now }: Chance): Step | null {
  if (worker.dueAt === null) return stay(worker);
  if (now >= worker.dueAt) return null;
  return enter(worker, {}, { do: 'wake', life: worker.life, after: worker.dueAt - now });
}

/** A deadline is only ever put off: a program may ask for more time long before it needs it. */
const extend: Move<'extend'> = (worker, { by }, _policy, { now }) =>
  worker.dueAt === null || now + by <= worker.dueAt
    ? stay(worker)
    : enter(worker, { dueAt: now + by }, { do: 'wake', life: worker.life, after: by });

const wantAgain: Move<'wantUp'> = (worker) => enter(worker, { wanted: 'up' });

/** It ended by itself. */
const die: Move<'exited'> = (worker, event, policy, chance) => {
  const dead = buried(worker, event, chance);
  const { ending } = event;
  const { cause, deaths } = worker;
  const lived = chance.now - worker.spawnedAt;
  const verdict = afterDeath({ ending, cause, lived, deaths }, policy.restart, chance.dice);
  return after(dead, verdict, policy, chance);
};

function after(dead: Worker, verdict: Verdict, policy: WorkerPolicy, chance: Chance): Step {
  if (verdict.do === 'end') return enter(dead, { phase: 'ended', deaths: 0 });
  const counted = { ...dead, deaths: verdict.deaths };
  if (verdict.do === 'give up') return enter(counted, { phase: 'failed' });
  if (verdict.after === 0) return begin(counted, policy, chance, dead.restarts + 1);
  const wake: Effect = { do: 'wake', life: dead.life, after: verdict.after };
  return enter(counted, { phase: 'waiting', dueAt: chance.now + verdict.after }, wake);
}

/** The end that was asked for; or, where it was not (late, unwell), a death like any other. */
const leave: Move<'exited'> = (worker, event, policy, chance) => {
  if (worker.wanted === 'up' && worker.cause?.why !== 'told') return die(worker, event, policy, chance);
  const gone: Worker = { ...buried(worker, event, chance), phase: 'idle', deaths: 0 };
  return worker.wanted === 'up' ? begin(gone, policy, chance, gone.restarts) : stay(gone);
};

function buried(worker: Worker, { ending }: Event<'exited'>, { now }: Chance): Worker {
  const served = worker.readyAt !== null;
  const last: Death = { life: worker.life, at: now, ending, cause: worker.cause, served };
  return { ...worker, dueAt: null, readyAt: null, cause: null, last };
}

const rest: Move<'wantDown'> = (worker) =>
  enter(worker, { phase: 'idle', wanted: 'down', dueAt: null, deaths: 0 });

const retry: Move<'due'> = (worker, event, policy, chance) =>
  early(worker, chance) ?? respawn(worker, event, policy, chance);

const calm = { ready: stay, exited: stay, unwell: stay, extend: stay, due: stay };

const MOVES: Moves = {
  idle: { ...calm, wantUp: spawn, wantDown: stay },
  starting: {
    wantUp: stay,
    wantDown: quit,
    ready: serve,
    exited: die,
    unwell: expel,
    extend,
    due: late,
  },
  ready: {
    wantUp: stay,
    wantDown: quit,
    ready: stay,
    exited: die,
    unwell: expel,
    extend: stay,
    due: stay,
  },
  stopping: {
    wantUp: wantAgain,
    wantDown: hasten,
    ready: stay,
    exited: leave,
    unwell: stay,
    extend,
    due: kill,
  },
  waiting: { ...calm, wantUp: respawn, wantDown: rest, due: retry },
  ended: { ...calm, wantUp: spawn, wantDown: rest },
  failed: { ...calm, wantUp: spawn, wantDown: rest },
};
