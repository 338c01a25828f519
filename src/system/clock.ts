export type Millis = number;
export type Timer = { cancel(): void };

/** Monotonic, with a fraction; only differences mean something. */
export const now = (): Millis => performance.now();

/** setTimeout takes 31 bits; a longer wait is cut in pieces. */
const LONGEST: Millis = 2 ** 31 - 1;

/** Calls `then` once, after `wait` by now() and never before; does not keep the process alive by itself. */
export function after(wait: Millis, then: () => void): Timer {
  const due = now() + wait;
  let timer: NodeJS.Timeout;
  const arm = (left: Millis) => {
    timer = setTimeout(check, Math.min(Math.ceil(left), LONGEST));
    timer.unref();
  };
  /** Node counts from when its loop last looked at the clock, and so may be early. */
  const check = () => {
    const left = due - now();
    if (left > 0) arm(left);
    else then();
  };
  arm(wait);
  return { cancel: () => clearTimeout(timer) };
}

export const wallTime = (): Date => new Date();
