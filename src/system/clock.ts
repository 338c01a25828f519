import type { Millis } from '../config/app.js';

export type Timer = { cancel(): void };

/** Monotonic, with a fraction; only differences mean something. */
export const now = (): Millis => performance.now();

/** setTimeout takes 31 bits; a longer wait is cut in pieces. */
const LONGEST: Millis = 2 ** 31 - 1;

/** Calls `then` once after `wait`; does not keep the process alive by itself. */
export function after(wait: Millis, then: () => void): Timer {
  const due = now() + wait;
  let timer: NodeJS.Timeout;
  const arm = () => {
    const left = due - now();
    timer = left > LONGEST ? setTimeout(arm, LONGEST) : setTimeout(then, Math.max(0, left));
    timer.unref();
  };
  arm();
  return { cancel: () => clearTimeout(timer) };
}

export const wallTime = (): Date => new Date();
