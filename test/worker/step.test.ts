import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import type { Effect, Phase, Worker, WorkerEvent } from '../../src/worker/worker.js';
import { POLICY, tell, worker } from './some-worker.js';

const it = suite('worker/step');

const SPAWN: readonly Effect[] = [
  { do: 'spawn', life: 9 },
  { do: 'wake', life: 9, after: 3000 },
];
const KILL: Effect = { do: 'signal', life: 7, signal: 'SIGKILL' };
const TERM: Effect = { do: 'signal', life: 7, signal: 'SIGTERM' };
const BORN: Partial<Worker> = { phase: 'starting', wanted: 'up', life: 9, spawnedAt: 2500, dueAt: 5500 };

/** `event` makes of `was` the same worker with `change`, and asks for `effects`. */
function becomes(was: Worker, event: WorkerEvent, change: Partial<Worker>, ...effects: Effect[]): void {
  assert.equal(tell(was, event), { worker: { ...was, ...change }, effects });
}
const nothingComesOf = (was: Worker, event: WorkerEvent): void => becomes(was, event, {});

const UP: WorkerEvent = { type: 'wantUp' };
const down = (patience: 'timeout' | 'forever' | 'none'): WorkerEvent => ({ type: 'wantDown', patience });
const READY: WorkerEvent = { type: 'ready', life: 7 };
const DUE: WorkerEvent = { type: 'due', life: 7 };
const UNWELL: WorkerEvent = { type: 'unwell', life: 7, reason: 'no answer' };
const extend = (by: number): WorkerEvent => ({ type: 'extend', life: 7, by });
const exited = (code: number): WorkerEvent => ({ type: 'exited', life: 7, ending: { how: 'code', code } });

it('idle: wantUp begins a life with a deadline', () => {
  becomes(worker('idle'), UP, BORN, ...SPAWN);
});

it('starting: wantDown sends the stop signal and sets the deadline of the stop', () => {
  const change = { phase: 'stopping', wanted: 'down', cause: { why: 'told' }, dueAt: 3200 } as const;
  becomes(worker('starting'), down('timeout'), change, TERM, { do: 'wake', life: 7, after: 700 });
});

it('starting: ready ends the deadline', () => {
  becomes(worker('starting'), READY, { phase: 'ready', readyAt: 2500, dueAt: null });
});

it('starting: exited is a death, and the next try comes by the restart law', () => {
  const last = { life: 7, at: 2500, ending: { how: 'code', code: 1 }, cause: null, served: false } as const;
  const change = { phase: 'waiting', deaths: 2, dueAt: 2700, last } as const;
  becomes(worker('starting'), exited(1), change, { do: 'wake', life: 7, after: 200 });
});

it('starting: unwell ends the life, with the deadline of a stop', () => {
  const change = { phase: 'stopping', cause: { why: 'unwell', reason: 'no answer' }, dueAt: 3200 } as const;
  becomes(worker('starting'), UNWELL, change, TERM, { do: 'wake', life: 7, after: 700 });
});

it('starting: extend puts the deadline off', () => {
  becomes(worker('starting'), extend(9000), { dueAt: 11_500 }, { do: 'wake', life: 7, after: 9000 });
});

it('starting: extend never brings the deadline nearer', () => {
  nothingComesOf(worker('starting'), extend(1500));
  nothingComesOf(worker('starting'), extend(10));
});

it('starting: due at the deadline ends the life as late', () => {
  const was = worker('starting', { dueAt: 2500 });
  const change = { phase: 'stopping', cause: { why: 'late', within: 3000 }, dueAt: 3200 } as const;
  becomes(was, DUE, change, TERM, { do: 'wake', life: 7, after: 700 });
});

it('starting: due before the deadline waits for the rest', () => {
  becomes(worker('starting'), DUE, {}, { do: 'wake', life: 7, after: 1500 });
});

it('ready: wantDown sends the stop signal and sets the deadline of the stop', () => {
  const change = { phase: 'stopping', wanted: 'down', cause: { why: 'told' }, dueAt: 3200 } as const;
  becomes(worker('ready'), down('timeout'), change, TERM, { do: 'wake', life: 7, after: 700 });
});

it('ready: wantDown for ever sends the stop signal and sets no deadline', () => {
  const change = { phase: 'stopping', wanted: 'down', cause: { why: 'told' } } as const;
  becomes(worker('ready'), down('forever'), change, TERM);
});

it('ready: wantDown without patience kills at once', () => {
  const change = { phase: 'stopping', wanted: 'down', cause: { why: 'told' } } as const;
  becomes(worker('ready'), down('none'), change, KILL);
});

it('ready: exited is a death of one that served', () => {
  const last = { life: 7, at: 2500, ending: { how: 'code', code: 1 }, cause: null, served: true } as const;
  const change = { phase: 'waiting', deaths: 2, readyAt: null, dueAt: 2700, last } as const;
  becomes(worker('ready'), exited(1), change, { do: 'wake', life: 7, after: 200 });
});

it('ready: exited after a stable life begins the next one at once, and counts it', () => {
  const was = worker('ready', { spawnedAt: -2500 });
  const last = { life: 7, at: 2500, ending: { how: 'code', code: 1 }, cause: null, served: true } as const;
  becomes(was, exited(1), { ...BORN, restarts: 5, deaths: 0, readyAt: null, last }, ...SPAWN);
});

it('ready: exited with an expected code is the end, where the policy says so', () => {
  const policy = { ...POLICY, restart: { ...POLICY.restart, when: 'on-failure' } } as const;
  const { worker: is, effects } = tell(worker('ready'), exited(0), policy);
  assert.is(is.phase, 'ended');
  assert.is(is.deaths, 0);
  assert.is(is.wanted, 'up');
  assert.equal(effects, []);
});

it('ready: exited gives up where the policy says so', () => {
  const policy = { ...POLICY, restart: { ...POLICY.restart, attempts: 2 } } as const;
  const { worker: is, effects } = tell(worker('ready'), exited(1), policy);
  assert.is(is.phase, 'failed');
  assert.is(is.deaths, 2);
  assert.is(is.dueAt, null);
  assert.equal(effects, []);
});

it('ready: unwell ends the life, with the deadline of a stop', () => {
  const change = { phase: 'stopping', cause: { why: 'unwell', reason: 'no answer' }, dueAt: 3200 } as const;
  becomes(worker('ready'), UNWELL, change, TERM, { do: 'wake', life: 7, after: 700 });
});

it('stopping: wantUp wants it again', () => {
  becomes(worker('stopping'), UP, { wanted: 'up' });
});

it('stopping: wantDown without patience kills at once', () => {
  becomes(worker('stopping'), down('none'), { dueAt: null }, KILL);
});

it('stopping: wantDown sets a limit where there was none', () => {
  const was = worker('stopping', { dueAt: null });
  becomes(was, down('timeout'), { dueAt: 3200 }, { do: 'wake', life: 7, after: 700 });
});

it('stopping: wantDown keeps the limit that there is', () => {
  nothingComesOf(worker('stopping', { dueAt: 2600 }), down('timeout'));
  nothingComesOf(worker('stopping', { dueAt: 2600 }), down('forever'));
});

it('stopping: wantDown turns a life that was to be replaced into one that is not', () => {
  const was = worker('stopping', { wanted: 'up', cause: { why: 'unwell', reason: 'no answer' } });
  becomes(was, down('timeout'), { wanted: 'down' });
});

it('stopping: exited is the end that was asked for', () => {
  const last = {
    life: 7,
    at: 2500,
    ending: { how: 'code', code: 1 },
    cause: { why: 'told' },
    served: true,
  } as const;
  const change = { phase: 'idle', deaths: 0, readyAt: null, dueAt: null, cause: null, last } as const;
  becomes(worker('stopping'), exited(1), change);
});

it('stopping: exited begins a life, which is no restart, where one is wanted again', () => {
  const { worker: is, effects } = tell(worker('stopping', { wanted: 'up' }), exited(0));
  assert.is(is.phase, 'starting');
  assert.is(is.restarts, 4);
  assert.is(is.deaths, 0);
  assert.equal(effects, SPAWN);
});

it('stopping: exited of one that was late or unwell is a death like any other, never an expected one', () => {
  const policy = { ...POLICY, restart: { ...POLICY.restart, when: 'on-failure' } } as const;
  const was = worker('stopping', { wanted: 'up', cause: { why: 'late', within: 3000 }, readyAt: null });
  const { worker: is, effects } = tell(was, exited(0), policy);
  assert.is(is.phase, 'waiting');
  assert.is(is.deaths, 2);
  assert.equal(is.last?.cause, { why: 'late', within: 3000 });
  assert.equal(effects, [{ do: 'wake', life: 7, after: 200 }]);
});

it('stopping: extend puts the kill off', () => {
  becomes(worker('stopping'), extend(900), { dueAt: 3400 }, { do: 'wake', life: 7, after: 900 });
});

it('stopping: extend sets no limit where there is none', () => {
  nothingComesOf(worker('stopping', { dueAt: null }), extend(900));
});

it('stopping: due at the deadline kills, once', () => {
  becomes(worker('stopping'), DUE, { dueAt: null }, KILL);
  nothingComesOf(worker('stopping', { dueAt: null }), DUE);
});

it('stopping: due before the deadline waits for the rest', () => {
  becomes(worker('stopping', { dueAt: 2501 }), DUE, {}, { do: 'wake', life: 7, after: 1 });
});

it('waiting: wantUp tries again at once, and counts it', () => {
  becomes(worker('waiting'), UP, { ...BORN, restarts: 5 }, ...SPAWN);
});

it('waiting: wantDown ends the back-off at once', () => {
  becomes(worker('waiting'), down('timeout'), { phase: 'idle', wanted: 'down', dueAt: null, deaths: 0 });
});

it('waiting: due begins the next life, and counts it', () => {
  becomes(worker('waiting'), DUE, { ...BORN, restarts: 5 }, ...SPAWN);
});

it('waiting: due before its time waits for the rest', () => {
  becomes(worker('waiting', { dueAt: 2560 }), DUE, {}, { do: 'wake', life: 7, after: 60 });
});

it('ended: wantUp runs it once more', () => {
  becomes(worker('ended'), UP, BORN, ...SPAWN);
});

it('ended: wantDown lets it rest', () => {
  becomes(worker('ended'), down('timeout'), { phase: 'idle', wanted: 'down' });
});

it('failed: wantUp tries it anew, with no deaths counted', () => {
  becomes(worker('failed'), UP, { ...BORN, deaths: 0 }, ...SPAWN);
});

it('failed: wantDown lets it rest', () => {
  becomes(worker('failed'), down('timeout'), { phase: 'idle', wanted: 'down', deaths: 0 });
});

const PHASES: readonly Phase[] = ['idle', 'starting', 'ready', 'stopping', 'waiting', 'ended', 'failed'];
const FACTS: readonly WorkerEvent[] = [READY, DUE, UNWELL, extend(60_000), exited(1)];

it('news of an earlier life changes nothing, in any phase', () => {
  for (const phase of PHASES) for (const fact of FACTS) nothingComesOf(worker(phase, { life: 8 }), fact);
});

it('one without a process does not hear of ready, unwell, extend or another end', () => {
  for (const phase of ['idle', 'waiting', 'ended', 'failed'] as const)
    for (const fact of FACTS.filter(({ type }) => type !== 'due')) nothingComesOf(worker(phase), fact);
});

it('one that serves does not hear of timers of its start, one on its way out not of ready and unwell', () => {
  for (const fact of [READY, DUE, extend(60_000), UP]) nothingComesOf(worker('ready'), fact);
  for (const fact of [READY, UNWELL]) nothingComesOf(worker('stopping'), fact);
  for (const phase of ['idle', 'ended', 'failed'] as const) nothingComesOf(worker(phase), DUE);
  nothingComesOf(worker('idle'), down('none'));
  nothingComesOf(worker('starting'), UP);
});

it.run();
