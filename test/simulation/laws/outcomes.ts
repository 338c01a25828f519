import type { Command, Group, Member, Outcome, Slots } from '../../../src/group/group.js';
import { effectsOf, type Laws, type Moment } from '../law.js';

/** What a command found when it began (null is not known), and what befell the group since. */
type Begun = {
  readonly command: Command;
  readonly found: Group | null;
  /** Slots whose holder died by itself, was unwell, or was stopped. */
  readonly excused: Set<number>;
  /** A newcomer died while things were already rolled back. */
  rollbackFailed: boolean;
};

export const OUTCOMES: Laws = {
  'the outcome that is told is what is': () => {
    const commands = new Map<number, Command>();
    const begun = new Map<number, Begun>();
    return (moment) => {
      const { event, after } = moment;
      if (event.type === 'command') {
        if (event.command.do === 'stop') takeOut(commands, event.command.slots);
        commands.set(event.ticket, event.command);
      }
      const settled = effectsOf(moment, 'settle');
      for (const ticket of [after.job?.ticket, ...settled.map(({ ticket: one }) => one)]) {
        const command = commands.get(ticket ?? 0);
        if (ticket && command && !begun.has(ticket)) begun.set(ticket, beginOf(ticket, command, moment));
      }
      for (const one of begun.values()) befall(one, moment);
      for (const { ticket, outcome } of settled) {
        const one = begun.get(ticket);
        begun.delete(ticket);
        commands.delete(ticket);
        // Where the next command has begun in the same step already, its begin would be judged.
        const isLast = !after.job && ticket === settled.at(-1)?.ticket;
        const wrong = one && isLast ? judge(one, moment, outcome) : null;
        if (wrong) return `#${ticket} ${one?.command.do} ${outcome.ok ? 'ok' : outcome.why}: ${wrong}`;
      }
      return null;
    };
  },
};

/** What a stop names is not spoken of any more by the commands that came before it. */
function takeOut(commands: Map<number, Command>, stopped: Slots): void {
  for (const [ticket, command] of commands) {
    if (command.do === 'adjust' || (command.do === 'reload' && command.slots === null)) continue;
    // Which slots are left of all depends on a count that is not known here.
    const left = command.slots?.filter((slot) => !isNamed(stopped, slot)) ?? [];
    commands.set(ticket, { ...command, slots: left });
  }
}

/** Where other commands ended in the same step, only a reload still shows what it found: it changes that at its end. */
function beginOf(ticket: number, command: Command, moment: Moment): Begun {
  const { before, after } = moment;
  const isAlone = !before.job && effectsOf(moment, 'settle').every((settle) => settle.ticket === ticket);
  const isUnderWay = after.job?.ticket === ticket && ['replacing', 'signalling'].includes(after.job.stage.at);
  const found = isAlone ? before : isUnderWay ? after : null;
  return { command, found, excused: new Set(), rollbackFailed: false };
}

function befall(begun: Begun, { event, before }: Moment): void {
  const { excused } = begun;
  if (event.type === 'command') {
    if (event.command.do !== 'stop') return;
    for (const { slot } of before.members) if (isNamed(event.command.slots, slot)) excused.add(slot);
  } else if ('life' in event && event.type !== 'ready') {
    const member = before.members.find(({ worker }) => worker.life === event.life);
    if (member?.part === 'holder') excused.add(member.slot);
    if (member?.part === 'newcomer' && isRollingBack(before)) begun.rollbackFailed = true;
  }
}

const isRollingBack = ({ job }: Group): boolean =>
  job !== null && 'verdict' in job.stage && job.stage.verdict !== null;

function judge(begun: Begun, { after }: Moment, outcome: Outcome): string | null {
  const { command } = begun;
  if (!outcome.ok && outcome.why === 'superseded') return null;
  switch (command.do) {
    case 'stop':
      return null;
    case 'start':
      return outcome.ok ? cameUp(after, command.slots) : command.keep ? null : tookBack(begun, after);
    case 'restart':
      return outcome.ok ? (cameUp(after, command.slots) ?? areNew(begun, after)) : null;
    case 'adjust':
      return outcome.ok ? tookUp(after, command) : shrankBack(begun, after);
    case 'reload':
      if (outcome.ok) return command.by === 'replace' ? replaced(after, command) : tookUp(after, command);
      return refused(begun, after);
    default:
      return command satisfies never;
  }
}

const isNamed = (slots: Slots, slot: number): boolean => slots === null || slots.includes(slot);

const holders = ({ members }: Group, slots: Slots): readonly Member[] =>
  members.filter(({ part, slot }) => part === 'holder' && isNamed(slots, slot));

/** A slot that was stopped meanwhile is not spoken of. */
function cameUp(after: Group, slots: Slots): string | null {
  const isUp = ({ worker: { phase, wanted, last } }: Member): boolean =>
    wanted === 'down' || phase === 'ready' || phase === 'ended' || last?.served === true;
  const wrong = holders(after, slots).find((member) => !isUp(member));
  return wrong ? `slot ${wrong.slot} is ${wrong.worker.phase}` : null;
}

function tookBack({ found, command }: Begun, after: Group): string | null {
  const slots = command.do === 'start' ? command.slots : null;
  for (const { slot, worker } of holders(after, slots)) {
    const was = found?.members.find((member) => member.part === 'holder' && member.slot === slot);
    if (found && (!was || was.worker.wanted === 'down') && worker.wanted === 'up')
      return `slot ${slot} was left up`;
  }
  return null;
}

function areNew({ found, command }: Begun, after: Group): string | null {
  const slots = command.do === 'restart' ? command.slots : null;
  for (const { id, slot, worker } of holders(after, slots)) {
    const was = found?.members.find((member) => member.id === id);
    if (was && worker.wanted === 'up' && worker.life === was.worker.life)
      return `slot ${slot} has its old life`;
  }
  return null;
}

type Taking = Extract<Command, { do: 'adjust' | 'reload' }>;

function tookUp(after: Group, { config, count }: Taking): string | null {
  if (after.count !== count) return `count is ${after.count}, not ${count}`;
  if (after.config !== config) return 'the config was not taken up';
  const stray = after.members.find(({ slot }) => slot >= count);
  return stray ? `slot ${stray.slot} is left` : null;
}

function replaced(after: Group, command: Extract<Command, { do: 'reload' }>): string | null {
  const old = holders(after, command.slots).find(
    ({ config, worker: { wanted, phase } }) =>
      wanted === 'up' && phase !== 'ended' && config !== command.config,
  );
  const left = after.members.find(({ part }) => part !== 'holder');
  if (left) return `a ${left.part} is left`;
  return old ? `slot ${old.slot} has its old config` : tookUp(after, command);
}

function shrankBack({ found }: Begun, after: Group): string | null {
  if (!found) return null;
  const stray = after.members.find(({ slot }) => slot >= found.count);
  if (stray) return `slot ${stray.slot} is left`;
  return after.count === found.count ? null : `count is ${after.count}`;
}

/** As if it had not been, but for what died by itself, and for what could not be rolled back. */
function refused(begun: Begun, after: Group): string | null {
  const { found, command, excused, rollbackFailed } = begun;
  if (command.do !== 'reload' || !found) return null;
  if (command.by === 'replace' && after.config !== found.config) return 'the config was taken up';
  const wrong = shrankBack(begun, after);
  if (wrong) return wrong;
  for (const was of holders(found, null)) {
    const is = holders(after, [was.slot])[0];
    if (!is) return `slot ${was.slot} is gone`;
    // One that was stopped gets the group's config when it is started again.
    const isOld = is.config === was.config || is.config === found.config || is.worker.wanted === 'down';
    if (!isOld && !rollbackFailed && command.by === 'replace')
      return `slot ${was.slot} keeps the refused config`;
    if (was.worker.phase === 'ready' && is.worker.phase !== 'ready' && !excused.has(was.slot))
      return `slot ${was.slot} does not serve any more`;
  }
  return null;
}
