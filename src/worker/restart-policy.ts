import type { Millis, RestartPolicy } from '../config/app.js';
import type { Cause, Ending } from './worker.js';

export type Verdict =
  | { readonly do: 'retry'; readonly after: Millis; readonly deaths: number }
  /** It came to its end, and its policy says that this was all. */
  | { readonly do: 'end' }
  | { readonly do: 'give up'; readonly deaths: number };

export type EndOfLife = {
  readonly ending: Ending;
  readonly cause: Cause | null;
  readonly lived: Millis;
  /** Deaths in a row before this one. */
  readonly deaths: number;
};

/** What follows a death; the same law before and after ready. `dice` is in [0, 1). */
export function afterDeath(end: EndOfLife, policy: RestartPolicy, dice: number): Verdict {
  const expected = isExpected(end, policy);
  if (expected && policy.when !== 'always') return { do: 'end' };
  const stable = end.ending.how !== 'exec' && end.lived >= policy.stable;
  const deaths = stable ? 0 : end.deaths + 1;
  if (policy.when === 'never') return { do: 'give up', deaths };
  if (policy.attempts !== null && deaths >= policy.attempts) return { do: 'give up', deaths };
  return { do: 'retry', after: delay(deaths, policy, dice), deaths };
}

/** An end that the supervisor itself brought about because something was wrong is never an expected one. */
const isExpected = (end: EndOfLife, policy: RestartPolicy): boolean =>
  end.cause === null && end.ending.how === 'code' && policy.codes.includes(end.ending.code);

/** `from`, twice that, four times … up to `to`, give or take a tenth; at once after a stable life. */
function delay(deaths: number, policy: RestartPolicy, dice: number): Millis {
  if (deaths === 0) return 0;
  const base = Math.min(policy.to, policy.from * 2 ** (deaths - 1));
  return base * (0.9 + 0.2 * dice);
}
