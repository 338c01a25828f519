import type { Command } from '../../../src/group/group.js';
import { effectsOf, type Laws, type Moment, type Watch } from '../law.js';

export const JOBS: Laws = {
  'a command is answered once': () => {
    const open = new Set<number>();
    return (moment) => {
      if (moment.event.type === 'command') open.add(moment.event.ticket);
      for (const { ticket } of effectsOf(moment, 'settle'))
        if (!open.delete(ticket)) return `#${ticket} was answered twice, or never asked`;
      return null;
    };
  },

  'a command that was answered is neither under way nor in the queue': () => {
    const answered = new Set<number>();
    return (moment) => {
      for (const { ticket } of effectsOf(moment, 'settle')) answered.add(ticket);
      const { job, queue } = moment.after;
      const wrong = [...(job ? [job] : []), ...queue].find(({ ticket }) => answered.has(ticket));
      return wrong ? `#${wrong.ticket} ${wrong.command.do}` : null;
    };
  },

  'only a stop supersedes, and at once': () => (moment) => {
    const { event } = moment;
    const isStop = event.type === 'command' && event.command.do === 'stop';
    const wrong = effectsOf(moment, 'settle').find(
      ({ outcome }) => !outcome.ok && outcome.why === 'superseded',
    );
    return wrong && !isStop ? `#${wrong.ticket}` : null;
  },

  'a failure names a death that happened and that nobody asked for': () => (moment) => {
    for (const { ticket, outcome } of effectsOf(moment, 'settle')) {
      if (outcome.ok || outcome.why !== 'failed') continue;
      const { death, slot } = outcome;
      const process = moment.processes.get(death.life);
      if (!process?.told || process.slot !== slot || death.cause?.why === 'told') return `#${ticket}`;
    }
    return null;
  },

  'commands are begun in the order in which they came': () => {
    let last = 0;
    return ({ after: { job } }) => {
      if (!job || job.ticket === last || job.command.do === 'stop') return null;
      const isInOrder = job.ticket > last;
      last = job.ticket;
      return isInOrder ? null : `#${job.ticket} after #${last}`;
    };
  },

  'a job that takes up a config tells nobody to go who keeps a slot': () => takesUpInPlace,

  'nothing is started by a reload or an adjust of a group that is down': startsNothing,
};

const TAKES_UP: readonly Command['do'][] = ['adjust'];

function takesUpInPlace({ event, before, after }: Moment): string | null {
  const { job } = before;
  if (event.type === 'command' || !job || !TAKES_UP.includes(job.command.do) || after.job !== job)
    return null;
  for (const { id, slot, part, worker } of before.members) {
    const next = after.members.find((member) => member.id === id)?.worker;
    if (part === 'holder' && slot < after.count && !worker.cause && next?.cause?.why === 'told')
      return `slot ${slot}`;
  }
  return null;
}

/** Looked at from the command on, if it can begin at once; else from its begin. */
function startsNothing(): Watch {
  let down = 0;
  return (moment) => {
    const { event, before, after } = moment;
    const { job } = after;
    const isNew = job && job.ticket !== before.job?.ticket && event.type === 'command' && !before.job;
    const isQuiet = before.count > 0 && before.members.every(({ worker }) => worker.wanted === 'down');
    const asksLittle = event.type === 'command' && ['reload', 'adjust'].includes(event.command.do);
    const isAlone = !before.job && before.queue.length === 0;
    if (isQuiet && asksLittle && isAlone && effectsOf(moment, 'spawn').length > 0) return 'it did at once';
    if (isNew && isQuiet && asksLittle) down = job.ticket;
    return job?.ticket === down && down > 0 && effectsOf(moment, 'spawn').length > 0 ? `#${down} did` : null;
  };
}
