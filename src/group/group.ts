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
  /** `keep`: a worker that fails goes on trying; else all that this start began is stopped again. */
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
  | { readonly do: 'adjust'; readonly config: GroupConfig; readonly count: number; readonly patience: Patience };

export type Outcome =
  | { readonly ok: true }
  /** A worker did not come up; its death tells why. What the command began has been undone. */
  | { readonly ok: false; readonly why: 'failed'; readonly slot: number; readonly death: Death }
  /** A reload by signal was not confirmed in time. */
  | { readonly ok: false; readonly why: 'unconfirmed'; readonly slot: number; readonly within: Millis }
  | { readonly ok: false; readonly why: 'superseded'; readonly by: Command['do'] };

/** A command under way or in the queue; `ticket` is whom to answer. */
export type Job = { readonly ticket: number; readonly command: Command; readonly stage: Stage };

/** How far a job has come; each stage belongs to the commands that name it. */
export type Stage =
  | { readonly at: 'queued' }
  /** start, and the second half of restart: these members are to become ready; since when deaths count. */
  | { readonly at: 'raising'; readonly members: readonly number[]; readonly began: readonly number[] }
  /** stop, and the first half of restart. */
  | { readonly at: 'lowering'; readonly members: readonly number[] }
  /** reload: newcomers are coming up; `rest` are the slots after this batch. */
  | { readonly at: 'replacing'; readonly newcomers: readonly number[]; readonly rest: readonly number[]; readonly done: readonly number[] }
  /** reload: the replaced ones are going. */
  | { readonly at: 'retiring'; readonly leavers: readonly number[]; readonly rest: readonly number[]; readonly done: readonly number[] }
  /** reload by signal: these members were signalled and are to confirm. */
  | { readonly at: 'signalling'; readonly asked: readonly number[]; readonly rest: readonly number[]; readonly done: readonly number[] }
  /** Undoing what the job began; then `outcome` is told. */
  | { readonly at: 'undoing'; readonly members: readonly number[]; readonly outcome: Outcome };

/** All that can happen to a group. */
export type GroupEvent =
  | { readonly type: 'command'; readonly ticket: number; readonly command: Command }
  | WorkerEvent
  /** A reload by signal: the life took it (READY=1 again, or its old children are gone). */
  | { readonly type: 'reloaded'; readonly life: number };

export type GroupEffect =
  | (Exclude<Effect, { do: 'spawn' }>)
  | { readonly do: 'spawn'; readonly life: number; readonly slot: number; readonly config: GroupConfig }
  /** Send `signal` to the main process only, and tell `reloaded` when it took it. */
  | { readonly do: 'askReload'; readonly life: number; readonly signal: Signal; readonly within: Millis }
  | { readonly do: 'settle'; readonly ticket: number; readonly outcome: Outcome };

export type GroupStep = { readonly group: Group; readonly effects: readonly GroupEffect[] };
