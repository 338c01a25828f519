import type { Millis, RestartPolicy, Signal } from '../config/app.js';

/**
 * Where a worker is:
 * idle (no process, none wanted) · starting (spawned, not ready) · ready · stopping (told to go) ·
 * waiting (between two lives) · ended (came to its end and its policy says that is all) · failed (gave up).
 */
export type Phase = 'idle' | 'starting' | 'ready' | 'stopping' | 'waiting' | 'ended' | 'failed';

/** How a life ended. `unknown`: it was not our child, only its absence was seen. */
export type Ending =
  | { readonly how: 'code'; readonly code: number }
  | { readonly how: 'signal'; readonly signal: string }
  /** It never ran: exec, working folder, user, or another thing before exec. */
  | { readonly how: 'exec'; readonly why: string }
  | { readonly how: 'unknown' };

/** Why the supervisor itself ended a life, where it did. */
export type Cause =
  | { readonly why: 'told' }
  | { readonly why: 'late'; readonly within: Millis }
  | { readonly why: 'unwell'; readonly reason: string };

/** The last life that ended. */
export type Death = {
  readonly life: number;
  readonly at: Millis;
  readonly ending: Ending;
  readonly cause: Cause | null;
  /** Whether that life had been ready. */
  readonly served: boolean;
};

/** How long a stop waits before SIGKILL: the policy's timeout, for ever (`-g`), or not at all. */
export type Patience = 'timeout' | 'forever' | 'none';

export type Worker = {
  readonly phase: Phase;
  readonly wanted: 'up' | 'down';
  /** The number of its present life, or of its last one; 0 before the first. */
  readonly life: number;
  readonly spawnedAt: Millis;
  readonly readyAt: Millis | null;
  /** When the timer that now counts goes off: start late, stop late, or retry; null without one. */
  readonly dueAt: Millis | null;
  /** Deaths in a row without a stable life between them. */
  readonly deaths: number;
  /** Lives that were begun because the one before ended unasked. */
  readonly restarts: number;
  readonly cause: Cause | null;
  readonly last: Death | null;
};

/** What a worker must know of its group's config. */
export type WorkerPolicy = {
  readonly restart: RestartPolicy;
  readonly stop: { readonly signal: Signal; readonly timeout: Millis };
  readonly ready: { readonly within: Millis };
};

/** Facts and wishes. Every fact names the life it speaks of. */
export type WorkerEvent =
  | { readonly type: 'wantUp' }
  | { readonly type: 'wantDown'; readonly patience: Patience }
  | { readonly type: 'ready'; readonly life: number }
  | { readonly type: 'exited'; readonly life: number; readonly ending: Ending }
  | { readonly type: 'unwell'; readonly life: number; readonly reason: string }
  /** sd_notify(3) EXTEND_TIMEOUT_USEC: the deadline is not sooner than `by` from now. */
  | { readonly type: 'extend'; readonly life: number; readonly by: Millis }
  /** The timer of this life went off: the start is late, the stop is late, or the retry is due. */
  | { readonly type: 'due'; readonly life: number };

export type Effect =
  | { readonly do: 'spawn'; readonly life: number }
  /** To the whole process group of the life. */
  | { readonly do: 'signal'; readonly life: number; readonly signal: Signal }
  | { readonly do: 'wake'; readonly life: number; readonly after: Millis };

export type Step = { readonly worker: Worker; readonly effects: readonly Effect[] };

/** Time and dice, given from outside: `dice` is in [0, 1), `life` is the number of the next life, if one begins. */
export type Chance = { readonly now: Millis; readonly dice: number; readonly life: number };

export const unborn: Worker = {
  phase: 'idle',
  wanted: 'down',
  life: 0,
  spawnedAt: 0,
  readyAt: null,
  dueAt: null,
  deaths: 0,
  restarts: 0,
  cause: null,
  last: null,
};

/** Whether a process of this worker may exist. */
export const isAlive = (worker: Worker): boolean =>
  worker.phase === 'starting' || worker.phase === 'ready' || worker.phase === 'stopping';

/** From so many deaths in a row on we speak of a crash loop. */
const LOOP = 3;
export const isCrashLooping = (worker: Worker): boolean =>
  worker.phase === 'waiting' && worker.deaths >= LOOP;
