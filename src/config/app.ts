/** The nouns of sup.yaml after it was read and checked: every default filled in, every path absolute. */

export type Millis = number;
export type Bytes = number;
/** A signal's name as in signal(7), with its prefix: `SIGTERM`. */
export type Signal = `SIG${string}`;

export type AppConfig = {
  readonly name: string;
  /** The sup.yaml it came from. */
  readonly file: string;
  readonly dir: string;
  readonly groups: readonly GroupConfig[];
};

/** One entry under `workers:`, run `count` times. */
export type GroupConfig = {
  readonly name: string;
  /** Words for exec; with `shell: true` already wrapped as /bin/sh -c. */
  readonly command: readonly string[];
  readonly count: number;
  readonly cwd: string;
  /** envFile and env merged; what the master itself inherited is not in here. */
  readonly env: Readonly<Record<string, string>>;
  readonly user: string | null;
  readonly group: string | null;
  readonly umask: number | null;
  readonly nice: number | null;
  readonly limits: Limits;
  readonly listen: readonly Listen[];
  readonly ready: Ready;
  readonly reload: { readonly by: 'replace' | 'signal'; readonly signal: Signal; readonly batch: number };
  readonly stop: { readonly signal: Signal; readonly timeout: Millis; readonly drain: Millis };
  readonly restart: RestartPolicy;
  readonly logs: LogPolicy;
  /** Names of the groups that must be ready before this one starts. */
  readonly needs: readonly string[];
};

/** Resource limits, soft and hard at once, as setrlimit(2) takes them; null is unlimited, absent is inherited. */
export type Limits = { readonly [K in LimitName]?: number | null };
export const LIMIT_NAMES = ['nofile', 'nproc', 'core', 'memlock', 'stack', 'fsize', 'as', 'cpu'] as const;
export type LimitName = (typeof LIMIT_NAMES)[number];

/** A socket that the master binds and hands to every worker of the group. */
export type Listen =
  | { readonly name: string; readonly kind: 'tcp'; readonly host: string; readonly port: number }
  | {
      readonly name: string;
      readonly kind: 'unix';
      readonly path: string;
      readonly mode: number;
      readonly user: string | null;
      readonly group: string | null;
    };

/** How a life tells that it serves; `within` is the time it has for it. */
export type Ready = { readonly within: Millis } & ReadyBy;
export type ReadyBy =
  /** sd_notify(3): READY=1 on $NOTIFY_SOCKET. */
  | { readonly by: 'notify' }
  /** s6: a newline on descriptor `fd`. */
  | { readonly by: 'fd'; readonly fd: number }
  /** Node: process.send('ready'). */
  | { readonly by: 'ipc' }
  | { readonly by: 'http'; readonly target: Target; readonly path: string }
  | { readonly by: 'tcp'; readonly target: Target }
  /** A line of its output matches. */
  | { readonly by: 'log'; readonly pattern: string }
  /** A command, run again and again, exits with 0. */
  | { readonly by: 'command'; readonly command: readonly string[] }
  /** It is still up after this time. */
  | { readonly by: 'after'; readonly wait: Millis };

export type Target =
  | { readonly kind: 'tcp'; readonly host: string; readonly port: number }
  | { readonly kind: 'unix'; readonly path: string };

export type RestartPolicy = {
  readonly when: 'always' | 'on-failure' | 'never';
  /** Exit codes that are no failure. */
  readonly codes: readonly number[];
  readonly from: Millis;
  readonly to: Millis;
  /** A life of this length wipes the count of deaths. */
  readonly stable: Millis;
  /** Give up after so many deaths in a row; null tries for ever. */
  readonly attempts: number | null;
};

export type LogPolicy = {
  /** Rotate when the file would pass this size. */
  readonly rotate: Bytes;
  /** Rotate when the file is this old; null never does. */
  readonly every: Millis | null;
  readonly keep: number;
  readonly compress: boolean;
};
