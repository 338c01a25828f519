import type { Millis } from '../config/app.js';
import type { LastExit } from '../control/protocol.js';
import type { Death, Ending } from '../worker/worker.js';

/** A death as people say it, with the last lines of that life. */
export function lastExit(death: Death, now: Millis, tail: readonly string[]): LastExit {
  const { ending } = death;
  return {
    reason: reasonOf(death),
    code: ending.how === 'code' ? ending.code : null,
    signal: ending.how === 'signal' ? ending.signal : null,
    ago: Math.max(0, Math.round(now - death.at)),
    tail,
  };
}

export function reasonOf({ ending, cause, served }: Death): string {
  if (cause?.why === 'late') return `not ready within ${seconds(cause.within)}`;
  if (cause?.why === 'unwell') return `unwell: ${cause.reason}`;
  return served || cause || ending.how === 'exec'
    ? endingWords(ending)
    : `${endingWords(ending)} before it was ready`;
}

function endingWords(ending: Ending): string {
  switch (ending.how) {
    case 'code':
      return `exit ${ending.code}`;
    case 'signal':
      return ending.signal;
    case 'exec':
      return `cannot run: ${ending.why}`;
    case 'unknown':
      return 'ended, how is unknown';
    default:
      return ending satisfies never;
  }
}

const seconds = (span: Millis): string => `${Number((span / 1000).toFixed(span < 10_000 ? 1 : 0))} s`;
