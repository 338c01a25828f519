import type { Millis } from '../config/app.js';
import { now } from '../system/clock.js';

/** Unlike a timer of the clock, it keeps the process alive. */
export const pause = (wait: Millis): Promise<void> => new Promise((done) => setTimeout(done, wait));

/** Asks again and again until there is an answer; null when there was none in time. */
export async function poll<T>(within: Millis, ask: () => Promise<T | null>): Promise<T | null> {
  const end = now() + within;
  for (;;) {
    const answer = await ask();
    if (answer !== null || now() >= end) return answer;
    await pause(25);
  }
}
