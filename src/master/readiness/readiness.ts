import type { Millis } from '../../config/app.js';
import type { Identity } from '../../system/processes.js';
import type { NotifyChannel } from './notify-channel.js';
import type { ReadyLine } from './ready-line.js';

/** What a life tells about itself, or what was found out about it. */
export type ReadinessNews =
  /** It serves; told once, and once more after each `reloading`. */
  | { readonly type: 'ready' }
  | { readonly type: 'reloading' }
  | { readonly type: 'stopping' }
  | { readonly type: 'status'; readonly text: string }
  | { readonly type: 'mainPid'; readonly pid: number }
  /** It asks for a deadline that is `by` from now. */
  | { readonly type: 'extend'; readonly by: Millis }
  | { readonly type: 'watchdog' }
  /** It promises a ping at least so often; null takes the promise back. */
  | { readonly type: 'watchdogPeriod'; readonly every: Millis | null }
  | { readonly type: 'unwell'; readonly reason: string };

export type Tell = (news: ReadinessNews) => void;

export type Watch = { close(): void };

/** The life that is watched. */
export type Subject = {
  readonly identity: Identity;
  readonly env: Readonly<Record<string, string>>;
  readonly cwd: string;
  readonly output: { watchLines(then: (line: string) => void): () => void };
  readonly child: { onMessage(then: (message: unknown) => void): void };
  readonly notify: NotifyChannel | null;
  readonly readyLine: ReadyLine | null;
};
