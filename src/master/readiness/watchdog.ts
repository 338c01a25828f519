import type { Millis } from '../../config/app.js';
import { after, type Timer } from '../../system/clock.js';

/** Counts the time between the pings that a program promised by WATCHDOG_USEC=. */
export type Watchdog = {
  /** The promised period; null takes it back. */
  promise(every: Millis | null): void;
  /** A ping, or another reason to count anew. */
  ping(): void;
  close(): void;
};

export function openWatchdog(missed: (every: Millis) => void): Watchdog {
  let period: Millis | null = null;
  let timer: Timer | null = null;

  const ping = () => {
    timer?.cancel();
    timer = period === null ? null : after(period, expire(period));
  };
  const promise = (every: Millis | null) => {
    period = every;
    ping();
  };
  const expire = (every: Millis) => () => {
    promise(null);
    missed(every);
  };
  return { promise, ping, close: () => promise(null) };
}
