import type { Command, Group, Member } from '../../../src/group/group.js';
import { effectsOf, type Laws, type Moment, type Watch } from '../law.js';

type Reload = Extract<Command, { do: 'reload' }>;

export const ROLLOUTS: Laws = {
  'a rollout never serves with fewer than before, but for programs that die by themselves': neverFewerReady,

  'a slot is taken over only by who is ready':
    () =>
    ({ before, after }) => {
      for (const was of before.members) {
        const is = after.members.find(({ id }) => id === was.id);
        if (was.part === 'newcomer' && is?.part === 'holder' && is.worker.readyAt === null)
          return `slot ${is.slot}`;
      }
      return null;
    },

  'a reload by signal is done when each one that was asked has confirmed': allConfirm,
};

/** `floor`: the ready slots it has to keep. */
function neverFewerReady(): Watch {
  let ticket = 0;
  let floor = 0;
  return (moment) => {
    const { job } = moment.after;
    if (job?.command.do !== 'reload' || job.command.by !== 'replace') {
      ticket = 0;
      return null;
    }
    const room = Math.min(job.command.count, moment.before.count, moment.after.count);
    if (job.ticket !== ticket) floor = ready(moment.before, room);
    ticket = job.ticket;
    floor -= excused(moment, room);
    const now = ready(moment.after, room);
    return now < floor ? `${now} of ${floor}` : null;
  };
}

const ready = ({ members }: Group, room: number): number =>
  members.filter(({ part, slot, worker }) => part === 'holder' && slot < room && worker.phase === 'ready')
    .length;

/** Ready ones that were lost by themselves, or by a stop of their slot. */
function excused({ event, before, after }: Moment, room: number): number {
  const isLost = ({ id, slot, part, worker }: Member): boolean => {
    if (part !== 'holder' || slot >= room || worker.phase !== 'ready') return false;
    const is = after.members.find((member) => member.id === id);
    if (is?.part === 'holder' && is.worker.phase === 'ready' && is.worker.life === worker.life) return false;
    if (event.type === 'command') return event.command.do === 'stop' && isNamed(event.command.slots, slot);
    return 'life' in event && event.life === worker.life;
  };
  return before.members.filter(isLost).length;
}

const isNamed = (slots: readonly number[] | null, slot: number): boolean =>
  slots === null || slots.includes(slot);

function allConfirm(): Watch {
  const confirmed = new Set<number>();
  let asked: { readonly id: number; readonly life: number }[] = [];
  return (moment) => {
    const { event, before, after } = moment;
    if (event.type === 'reloaded') confirmed.add(event.life);
    const wanted = ({ id }: { id: number }): boolean =>
      [before, after].every(({ members }) =>
        members.some((member) => member.id === id && member.worker.wanted === 'up'),
      );
    const open = asked.filter(({ life }) => !confirmed.has(life)).filter(wanted);
    const isOver = effectsOf(moment, 'settle').some(
      ({ ticket, outcome }) => ticket === before.job?.ticket && outcome.ok,
    );
    const asks = effectsOf(moment, 'askReload').map(({ life }) => life);
    if (open.length > 0 && isBySignal(before) && isOver) return `life ${open[0]?.life} did not`;
    if (after.job?.ticket !== before.job?.ticket) asked = [];
    for (const life of asks) {
      confirmed.delete(life);
      asked.push({ id: after.members.find(({ worker }) => worker.life === life)?.id ?? 0, life });
    }
    return null;
  };
}

const isBySignal = ({ job }: Group): boolean => {
  const command = job?.command;
  return command?.do === 'reload' && (command as Reload).by === 'signal';
};
