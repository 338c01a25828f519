import type { GroupConfig, Millis, Signal } from '../config/app.js';
import type { Death, Effect, Patience, Worker, WorkerEvent } from '../worker/worker.js';

/**
 * One worker and the place it fills. A slot (`web.2` is slot 2) has one holder; while it is replaced it has
 * a newcomer beside the holder, or a leaver that is on its way out.
 */
export type Member = {
  readonly id: number;
  readonly slot: number;
  readonly part: 'holder' | 'newcomer' | 'leaver';
  /** The config its lives run with: old ones keep the old one. */
  readonly config: GroupConfig;
  readonly worker: Worker;
};

export type Group = {
  /** What new lives get. */
  readonly config: GroupConfig;
  /** How many slots there are now: of the config, or as scaled by hand. */
  readonly count: number;
  readonly members: readonly Member[];
  readonly job: Job | null;
  readonly queue: readonly Job[];
  readonly nextMember: number;
  readonly nextLife: number;
};

/** Which slots a command speaks of; null is all of them. */
export type Slots = readonly number[] | null;

export type Command =
  /** `keep`: a worker that fails goes on trying, and is waited for; else all that this start began is stopped again. */
  | { readonly do: 'start'; readonly slots: Slots; readonly keep: boolean }
  | { readonly do: 'stop'; readonly slots: Slots; readonly patience: Patience }
  | { readonly do: 'restart'; readonly slots: Slots; readonly patience: Patience }
  /** Replace lives one batch after the other; new lives get `config`, and the group `count` slots. */
  | {
      readonly do: 'reload';
      readonly slots: Slots;
      readonly config: GroupConfig;
      readonly count: number;
      readonly patience: Patience;
      readonly by: 'replace' | 'signal';
    }
  /** Take up what needs no new life (restart law, logs, …), and start or stop the difference in count. */
  | {
      readonly do: 'adjust';
      readonly config: GroupConfig;
      readonly count: number;
      readonly patience: Patience;
    };

export type Outcome =
  | { readonly ok: true }
  /** A worker did not come up; its death tells why. What the command began has been undone. */
  | { readonly ok: false; readonly why: 'failed'; readonly slot: number; readonly death: Death }
  /** A reload by signal was not confirmed in time. */
  | { readonly ok: false; readonly why: 'unconfirmed'; readonly slot: number; readonly within: Millis }
  | { readonly ok: false; readonly why: 'superseded'; readonly by: Command['do'] };

/** A command under way or in the queue; `ticket` is whom to answer. */
export type Job = { readonly ticket: number; readonly command: Command; readonly stage: Stage };

/** A member and the life it had when it was put under watch: a later life means that this one ended. */
export type Watched = { readonly id: number; readonly life: number };

/** How far a job has come; each stage belongs to the commands that name it. */
export type Stage =
  | { readonly at: 'queued' }
  /** stop, the first half of restart, and what a smaller count leaves over: until these are down. */
  | { readonly at: 'lowering'; readonly members: readonly number[] }
  /** start, adjust, and the second half of restart: until these are ready; `began` is what to undo. */
  | { readonly at: 'raising'; readonly watched: readonly Watched[]; readonly began: readonly number[] }
  /** reload: newcomers are coming up. */
  | ({ readonly at: 'replacing'; readonly newcomers: readonly Watched[] } & Rollout)
  /** reload: the replaced ones are going. */
  | ({ readonly at: 'retiring'; readonly leavers: readonly number[] } & Rollout)
  /** reload by signal: these were signalled and have not confirmed yet. */
  | ({ readonly at: 'signalling'; readonly asked: readonly Watched[] } & Rollout)
  /** What the job began is going; then the slots in `back` get their old config again, and `outcome` is told. */
  | {
      readonly at: 'undoing';
      readonly members: readonly number[];
      readonly back: readonly number[];
      readonly outcome: Outcome;
    };

export type Rollout = {
  /** Slots that come after this batch. */
  readonly rest: readonly number[];
  /** Members that were promoted; one that dies before the end ends the rollout. */
  readonly done: readonly Watched[];
  /** Set while a failed rollout is rolled back: what will be told at the end. */
  readonly verdict: Outcome | null;
};

/** All that can happen to a group. */
export type GroupEvent =
  | { readonly type: 'command'; readonly ticket: number; readonly command: Command }
  | WorkerEvent
  /** A reload by signal: the life took it (READY=1 again, or its old children are gone). */
  | { readonly type: 'reloaded'; readonly life: number }
  /** A reload by signal: the life did not confirm in time. */
  | { readonly type: 'reloadLate'; readonly life: number };

export type GroupEffect =
  | Exclude<Effect, { do: 'spawn' }>
  | { readonly do: 'spawn'; readonly life: number; readonly slot: number; readonly config: GroupConfig }
  /** Send `signal` to the main process only, and tell `reloaded` when it took it. */
  | { readonly do: 'askReload'; readonly life: number; readonly signal: Signal; readonly within: Millis }
  | { readonly do: 'settle'; readonly ticket: number; readonly outcome: Outcome };

export type GroupStep = { readonly group: Group; readonly effects: readonly GroupEffect[] };
