import type { Millis, Signal } from '../config/app.js';
import type { ErrorCode } from '../errors/sup-error.js';
import type { GroupChange } from '../group/changes.js';
import type { Phase } from '../worker/worker.js';

/** Fields are only ever added; a change that is not an addition raises this number. */
export const PROTOCOL = 1;

/** `web` is a group, `web.2` a worker; an empty list is the whole app. */
export type Names = readonly string[];

/** Every verb: what is asked, and what is answered. While a verb is under way its `news` are facts. */
export type Protocol = {
  hello: { ask: Record<string, never>; answer: Hello };
  status: { ask: { names: Names }; answer: AppStatus };
  /** Starts what is missing; all that it began is stopped again when one does not come up. */
  start: { ask: { names: Names }; answer: StartReport };
  /** Without names the master ends too. `graceful` waits without a kill, `now` kills at once. */
  stop: { ask: { names: Names; graceful: boolean; now: boolean }; answer: StopReport };
  restart: { ask: { names: Names; graceful: boolean }; answer: ChangeReport };
  /** Reads sup.yaml again, then replaces every named worker. */
  reload: { ask: { names: Names; graceful: boolean; plan: boolean }; answer: ChangeReport };
  /** Reads sup.yaml again and touches only what differs. */
  apply: { ask: { plan: boolean }; answer: ChangeReport };
  scale: { ask: { counts: Readonly<Record<string, number>> }; answer: ChangeReport };
  /** To the main process of each named worker. */
  signal: { ask: { names: Names; signal: Signal }; answer: SignalReport };
  /** With `follow` its news go on until the client leaves, or the app has stopped. */
  events: { ask: { follow: boolean }; answer: { events: readonly Fact[] } };
};

export type Verb = keyof Protocol;

/**
 * The same shape on both ends: the client's methods, and what the master implements. `left` aborts when the
 * client goes: that ends what has no other end (`events` that follow), never a job.
 */
export type Control = {
  readonly [V in Verb]: (
    ask: Protocol[V]['ask'],
    news: (fact: Fact) => void,
    left?: AbortSignal,
  ) => Promise<Protocol[V]['answer']>;
};

/** One JSON value a line, one request a connection. */
export type Request = { readonly [V in Verb]: { readonly verb: V; readonly ask: Protocol[V]['ask'] } }[Verb];
export type Reply = { readonly news: Fact } | { readonly answer: unknown } | { readonly error: WireError };

export type WireError = {
  readonly code: ErrorCode;
  readonly message: string;
  readonly hint?: string;
  /** What a machine wants to know of it: the failing worker, the problems of a config. */
  readonly detail?: unknown;
};

/** The `detail` of E_START_FAILED and E_RELOAD_REFUSED. */
export type FailureDetail = {
  readonly worker: string;
  readonly reason: string;
  /** The last lines it wrote, stderr before stdout. */
  readonly tail: readonly string[];
};

export type Hello = {
  readonly app: string;
  readonly pid: number;
  readonly version: string;
  readonly protocol: number;
  /** The sup.yaml that it runs. */
  readonly file: string;
  readonly logDir: string;
  readonly uptime: Millis;
};

export type AppStatus = Hello & {
  readonly groups: readonly GroupStatus[];
  /** sup.yaml is not the one that runs: `sup apply` would change something, or it is invalid. */
  readonly config: 'same' | 'changed' | 'invalid' | 'missing';
  /** Log bytes that could not be written since the master began. */
  readonly lostLogBytes: number;
};

export type GroupStatus = {
  readonly group: string;
  readonly wanted: number;
  readonly ready: number;
  /** The addresses of its held sockets, as people write them. */
  readonly listen: readonly string[];
  /** The command under way, such as `reload`. */
  readonly job: string | null;
  readonly workers: readonly WorkerStatus[];
};

export type WorkerStatus = {
  readonly worker: string;
  readonly phase: Phase;
  /** A newcomer is not ready yet, a leaver is on its way out. */
  readonly part: 'holder' | 'newcomer' | 'leaver';
  readonly pid: number | null;
  readonly life: number;
  readonly uptime: Millis | null;
  readonly restarts: number;
  /** Per cent of one core, of the whole tree, since the last look (or over the life). */
  readonly cpu: number | null;
  /** Resident bytes of the whole tree. */
  readonly memory: number | null;
  readonly crashLooping: boolean;
  readonly nextTryIn: Millis | null;
  readonly last: LastExit | null;
  /** What the program says of itself: sd_notify(3) STATUS. */
  readonly says: string | null;
};

export type LastExit = {
  /** As people say it: `exit 1`, `SIGKILL`, `not ready within 30 s`. */
  readonly reason: string;
  readonly code: number | null;
  readonly signal: string | null;
  readonly ago: Millis;
  /** The last lines it wrote, stderr before stdout. */
  readonly tail: readonly string[];
};

export type StartReport = {
  readonly started: readonly string[];
  readonly already: readonly string[];
  readonly status: AppStatus;
};
export type StopReport = { readonly stopped: readonly string[]; readonly masterEnds: boolean };
export type SignalReport = { readonly sent: readonly { readonly worker: string; readonly pid: number }[] };
export type ChangeReport = {
  readonly plan: boolean;
  readonly changes: readonly GroupChange[];
  readonly took: Millis;
};

/** Something that happened; the same fact in master.log, `events`, progress and `--json`. */
export type Fact = {
  readonly seq: number;
  /** Wall time, ISO 8601. */
  readonly at: string;
} & (
  | {
      readonly kind: 'worker';
      readonly worker: string;
      readonly group: string;
      readonly life: number;
      readonly pid: number | null;
      readonly part: 'holder' | 'newcomer' | 'leaver';
      readonly before: Phase;
      readonly phase: Phase;
      readonly last: LastExit | null;
      readonly nextTryIn: Millis | null;
      readonly crashLooping: boolean;
    }
  | {
      readonly kind: 'job';
      readonly group: string;
      readonly job: string;
      readonly state: 'began' | 'done' | 'failed' | 'superseded';
      readonly reason: string | null;
    }
  | {
      readonly kind: 'app';
      readonly state: 'started' | 'stopping' | 'stopped' | 'reread';
      readonly detail: string;
    }
  | { readonly kind: 'says'; readonly worker: string; readonly text: string }
  | { readonly kind: 'loss'; readonly worker: string; readonly bytes: number; readonly reason: string }
);
