import { step } from '../../src/worker/step.js';
import {
  type Chance,
  type Phase,
  type Step,
  unborn,
  type Worker,
  type WorkerEvent,
  type WorkerPolicy,
} from '../../src/worker/worker.js';

/** Round numbers that differ from each other, so that a wrong one shows. */
export const POLICY: WorkerPolicy = {
  restart: { when: 'always', codes: [0], from: 100, to: 1000, stable: 5000, attempts: null },
  stop: { signal: 'SIGTERM', timeout: 700 },
  ready: { within: 3000 },
};

/** The moment of every test: life 7 was spawned at 1000, it is 2500 now, and the next life would be 9. */
export const CHANCE: Chance = { now: 2500, dice: 0.5, life: 9 };

const LIVING: Worker = { ...unborn, wanted: 'up', life: 7, spawnedAt: 1000, deaths: 1, restarts: 4 };

const IN_PHASE: { readonly [P in Phase]: Worker } = {
  idle: { ...unborn, life: 7, restarts: 4 },
  starting: { ...LIVING, phase: 'starting', dueAt: 4000 },
  ready: { ...LIVING, phase: 'ready', readyAt: 1200 },
  stopping: {
    ...LIVING,
    phase: 'stopping',
    wanted: 'down',
    readyAt: 1200,
    dueAt: 2500,
    cause: { why: 'told' },
  },
  waiting: { ...LIVING, phase: 'waiting', dueAt: 2500 },
  ended: { ...LIVING, phase: 'ended', deaths: 0 },
  failed: { ...LIVING, phase: 'failed', deaths: 3 },
};

export const worker = (phase: Phase, change: Partial<Worker> = {}): Worker => ({
  ...IN_PHASE[phase],
  ...change,
});

export const tell = (
  to: Worker,
  event: WorkerEvent,
  policy: WorkerPolicy = POLICY,
  chance: Partial<Chance> = {},
): Step => step(to, event, policy, { ...CHANCE, ...chance });
