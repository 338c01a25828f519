import type { Group } from '../../../src/group/group.js';
import { isAlive } from '../../../src/worker/worker.js';
import { effectsOf, type Laws, type Moment, type Watch } from '../law.js';

export const LIVES: Laws = {
  'a life is spawned once, and its number only rises': () => {
    let last = 0;
    return (moment) => {
      for (const { life } of effectsOf(moment, 'spawn')) {
        if (life <= last) return `life ${life} after life ${last}`;
        last = life;
      }
      return null;
    };
  },

  'a signal goes only to a life that may be alive': () => signalsTheLiving,

  'news of an earlier life changes nothing': () => earlierNewsChangesNothing,

  'no living process is forgotten, and none is imagined': () => (moment) => {
    const known = moment.after.members.filter(({ worker }) => isAlive(worker)).length;
    const real = moment.untold + effectsOf(moment, 'spawn').length;
    return known === real ? null : `the group knows ${known}, there are ${real}`;
  },

  'there are never more than count + batch processes': neverTooMany,

  'a slot has one holder and at most one newcomer': () => slotsAreUnique,

  'no life begins that is not wanted': () => (moment) => {
    for (const { life } of effectsOf(moment, 'spawn')) {
      const member = moment.after.members.find(({ worker }) => worker.life === life);
      // One that restarts at once and is replaced in the same step is told to go again.
      const isToldToGo = effectsOf(moment, 'signal').some((signal) => signal.life === life);
      if (member?.worker.wanted !== 'up' && !isToldToGo) return `life ${life}`;
    }
    return null;
  },

  'who serves is wanted': () => (moment) => {
    const wrong = moment.after.members.find(
      ({ worker: { phase, wanted } }) => (phase === 'starting' || phase === 'ready') && wanted === 'down',
    );
    return wrong ? `slot ${wrong.slot}` : null;
  },
};

function signalsTheLiving(moment: Moment): string | null {
  const fresh = effectsOf(moment, 'spawn').map(({ life }) => life);
  for (const { life } of [...effectsOf(moment, 'signal'), ...effectsOf(moment, 'askReload')]) {
    const process = moment.processes.get(life);
    if (!fresh.includes(life) && (!process || process.told)) return `life ${life}`;
  }
  return null;
}

function earlierNewsChangesNothing({ event, isNewEnd, before, after, effects, processes }: Moment) {
  if (!('life' in event) || isNewEnd) return null;
  const isCurrent = before.members.some(({ worker }) => worker.life === event.life);
  if (isCurrent && (event.type === 'due' || processes.get(event.life)?.told === false)) return null;
  const isSame = before.members.length === after.members.length && before.members.every(isSameIn(after));
  return isSame && effects.length === 0 ? null : `${event.type} of life ${event.life}`;
}

const isSameIn =
  (after: Group) =>
  ({ worker }: Group['members'][number], at: number): boolean =>
    after.members[at]?.worker === worker;

function neverTooMany(): Watch {
  let peak = 0;
  let batch = 0;
  return (moment) => {
    const { before, after, untold } = moment;
    for (const { count, config, job } of [before, after]) {
      peak = Math.max(peak, count);
      if (job?.command.do !== 'reload') continue;
      peak = Math.max(peak, job.command.count);
      batch = Math.max(batch, config.reload.batch, job.command.config.reload.batch);
    }
    const living = untold + effectsOf(moment, 'spawn').length;
    const wrong = living > peak + batch ? `${living} of ${peak} + ${batch}` : null;
    if (!after.job && after.members.every(({ part }) => part === 'holder')) [peak, batch] = [0, 0];
    return wrong;
  };
}

function slotsAreUnique({ after }: Moment): string | null {
  const seen = new Set<string>();
  for (const { slot, part } of after.members) {
    const place = `${part} ${slot}`;
    if (part !== 'leaver' && seen.has(place)) return `two of ${place}`;
    seen.add(place);
  }
  if (after.job || after.queue.length > 0) return null;
  const stray = after.members.find(({ slot, part }) => slot >= after.count && part !== 'leaver');
  return stray ? `slot ${stray.slot} of ${after.count}` : null;
}
