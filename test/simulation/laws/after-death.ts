import type { RestartPolicy } from '../../../src/config/app.js';
import type { Member } from '../../../src/group/group.js';
import type { Ending } from '../../../src/worker/worker.js';
import { effectsOf, type Laws, type Moment, type Watch } from '../law.js';

/** The restart law, told a second time and in other words. */
export const AFTER_DEATH: Laws = {
  'after a death comes what the restart law says': () => {
    const rows = new Map<number, number>();
    return (moment) => {
      const { event, isNewEnd, before, after } = moment;
      const was = before.members.find(({ worker }) => 'life' in event && worker.life === event.life);
      const is = after.members.find(({ id }) => id === was?.id);
      const isLawful = event.type !== 'exited' || !isNewEnd || !was || isAskedFor(was);
      const wrong = isLawful ? null : follows(moment, was, is, event.ending, rows);
      if (isNewEnd && was && isAskedFor(was)) rows.delete(was.id);
      believeCommands(moment, rows);
      return wrong;
    };
  },

  'nobody is restarted before its time': () => (moment) => {
    const { event, before, now } = moment;
    for (const { life, slot } of effectsOf(moment, 'spawn')) {
      const is = moment.after.members.find(({ worker }) => worker.life === life);
      const was = before.members.find(({ id }) => id === is?.id);
      if (was?.worker.phase !== 'waiting' || event.type !== 'due' || event.life !== was.worker.life) continue;
      if (now < (was.worker.dueAt ?? 0)) return `slot ${slot}, ${(was.worker.dueAt ?? 0) - now} ms too soon`;
    }
    return null;
  },

  'a restart is counted for each life that follows an unasked death': countsRestarts,
};

const isAskedFor = ({ worker }: Member): boolean => worker.cause?.why === 'told' || worker.wanted === 'down';

/** What commands do to a row of deaths is not the restart law's matter: then the worker's own count is believed. */
function believeCommands({ event, before, after, effects }: Moment, rows: Map<number, number>): void {
  if (event.type !== 'command' && effects.every((effect) => effect.do !== 'settle')) return;
  for (const { id } of before.members) {
    const next = after.members.find((member) => member.id === id);
    if (next) rows.set(id, next.worker.deaths);
  }
}

function follows(
  { now, effects, processes }: Moment,
  was: Member,
  is: Member | undefined,
  ending: Ending,
  rows: Map<number, number>,
): string | null {
  const policy = was.config.restart;
  const lived = now - (processes.get(was.worker.life)?.spawnedAt ?? now);
  const isStable = ending.how !== 'exec' && lived >= policy.stable;
  const row = isStable ? 0 : (rows.get(was.id) ?? 0) + 1;
  rows.set(was.id, row);
  const isExpected = ending.how === 'code' && policy.codes.includes(ending.code) && !was.worker.cause;
  const end = expectedEnd(policy, row, isExpected);
  if (!is || is.part === 'leaver' || is.worker.wanted === 'down') return null;
  const { phase, dueAt, life } = is.worker;
  if (end === 'ended') rows.delete(was.id);
  // The death ended one command, and the next one has begun a life already.
  if (life !== was.worker.life && effects.some((effect) => effect.do === 'settle')) return null;
  if (end !== 'again') return phase === end ? null : `slot ${is.slot} is ${phase}, not ${end}`;
  const base = row === 0 ? 0 : Math.min(policy.to, policy.from * 2 ** (row - 1));
  if (base === 0)
    return effects.some((effect) => effect.do === 'spawn' && effect.life === life) ? null : 'not at once';
  const wait = (dueAt ?? Number.NaN) - now;
  const isLawful = phase === 'waiting' && wait >= base * 0.9 - 1e-6 && wait <= base * 1.1 + 1e-6;
  return isLawful ? null : `slot ${is.slot} is ${phase}, waits ${wait}, not about ${base}`;
}

function expectedEnd(policy: RestartPolicy, row: number, isExpected: boolean): 'ended' | 'failed' | 'again' {
  if (isExpected && policy.when !== 'always') return 'ended';
  if (policy.when === 'never') return 'failed';
  return policy.attempts !== null && row >= policy.attempts ? 'failed' : 'again';
}

function countsRestarts(): Watch {
  const counts = new Map<number, number>();
  return (moment) => {
    const { event, before, after } = moment;
    for (const { life } of effectsOf(moment, 'spawn')) {
      const is = after.members.find(({ worker }) => worker.life === life);
      if (!is) continue;
      const was = before.members.find(({ id }) => id === is.id);
      const diedNow = event.type === 'exited' && event.life === was?.worker.life && !isAskedFor(was);
      const isWaiting = was?.worker.phase === 'waiting';
      // A command that begins in the same step may start one that gave up, or restart one that waits.
      const isAsked = event.type === 'command' || effectsOf(moment, 'settle').length > 0;
      const least = (counts.get(is.id) ?? 0) + ((isWaiting || diedNow) && !isAsked ? 1 : 0);
      const most = (counts.get(is.id) ?? 0) + (isWaiting || diedNow ? 1 : 0);
      const { restarts } = is.worker;
      if (restarts < least || restarts > most) return `slot ${is.slot} counts ${restarts}, not ${most}`;
      counts.set(is.id, restarts);
    }
    return null;
  };
}
