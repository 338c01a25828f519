import { effectsOf, type Laws, type Moment, type Watch } from '../law.js';

type Pending = {
  readonly ticket: number;
  readonly members: readonly number[];
  readonly lives: readonly number[];
  readonly isAll: boolean;
};

export const STOPS: Laws = {
  'a stop tells everybody in its slots to go, in the same step': () => (moment) => {
    const members = begun(moment).flatMap((stop) => stop.members);
    const wrong = moment.after.members.find(
      ({ id, worker }) => members.includes(id) && worker.wanted === 'up',
    );
    return wrong ? `slot ${wrong.slot}` : null;
  },

  'a stop ends well, and with no living process of its own': stopsEndWell,

  'nothing begins in a slot while it is being stopped': () => {
    let pending: readonly Pending[] = [];
    return (moment) => {
      const settled = effectsOf(moment, 'settle').map(({ ticket }) => ticket);
      const isOver = ({ ticket }: Pending): boolean => settled.includes(ticket);
      pending = pending.filter((stop) => !isOver(stop));
      for (const { life } of effectsOf(moment, 'spawn')) {
        const member = moment.after.members.find(({ worker }) => worker.life === life);
        const stop = pending.find(({ members, isAll }) => isAll || members.includes(member?.id ?? 0));
        if (stop) return `life ${life} in the time of stop #${stop.ticket}`;
      }
      pending = [...pending, ...begun(moment).filter((stop) => !isOver(stop))];
      return null;
    };
  },
};

function begun({ event, before }: Moment): readonly Pending[] {
  if (event.type !== 'command' || event.command.do !== 'stop') return [];
  const { slots } = event.command;
  const members = before.members.filter(({ slot }) => slots === null || slots.includes(slot));
  const lives = members.map(({ worker }) => worker.life);
  return [{ ticket: event.ticket, members: members.map(({ id }) => id), lives, isAll: slots === null }];
}

function stopsEndWell(): Watch {
  const pending = new Map<number, Pending>();
  return (moment) => {
    for (const stop of begun(moment)) pending.set(stop.ticket, stop);
    for (const { ticket, outcome } of effectsOf(moment, 'settle')) {
      const stop = pending.get(ticket);
      if (!stop) continue;
      if (!outcome.ok) return `#${ticket} failed`;
      const left = stop.lives.find((life) => moment.processes.get(life)?.told === false);
      if (left) return `#${ticket} leaves life ${left}`;
      if (stop.isAll && moment.untold > 0) return `#${ticket} leaves ${moment.untold}`;
      pending.delete(ticket);
    }
    return null;
  };
}
