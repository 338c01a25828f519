import type { Command, Group, GroupEffect, GroupEvent, Job, Member } from '../../src/group/group.js';
import type { Moment } from './law.js';

/** One step, in one line: when, what happened, what the group is now, what is to be done. */
export function line({ now, event, after, effects }: Moment): string {
  const does = effects.map(effectWords).join(', ');
  return `${String(Math.round(now)).padStart(6)}  ${eventWords(event).padEnd(34)}  ${groupWords(after)}${does && `  → ${does}`}`;
}

function eventWords(event: GroupEvent): string {
  if (event.type === 'command') return `#${event.ticket} ${commandWords(event.command)}`;
  return 'life' in event ? `${event.type} ${event.life}` : event.type;
}

function commandWords(command: Command): string {
  const slots = 'slots' in command && command.slots ? ` [${command.slots}]` : '';
  const count = 'count' in command ? ` count=${command.count}` : '';
  const config = 'config' in command ? ` ${configWords(command.config)}` : '';
  const rest = command.do === 'start' ? (command.keep ? ' keep' : '') : ` ${command.patience}`;
  return `${command.do}${slots}${count}${config}${rest}${command.do === 'reload' ? ` by ${command.by}` : ''}`;
}

const configWords = ({ env, restart }: Member['config']): string =>
  `${env['MANNERS']}/${env['VERSION']}/${restart.when}`;

function groupWords({ count, members, job, queue }: Group): string {
  const jobs = [...(job ? [job] : []), ...queue].map(jobWords).join(' ');
  return `${count}: ${members.map(memberWords).join(' ')} {${jobs}}`;
}

const jobWords = ({ ticket, command, stage }: Job): string => `#${ticket} ${command.do} ${stage.at}`;

function memberWords({ slot, part, worker }: Member): string {
  const mark = part === 'holder' ? '' : part === 'newcomer' ? '+' : '-';
  return `${mark}${slot}:${worker.life}${worker.wanted === 'up' ? '' : '↓'}${worker.phase}`;
}

function effectWords(effect: GroupEffect): string {
  switch (effect.do) {
    case 'settle':
      return `#${effect.ticket} ${effect.outcome.ok ? 'ok' : effect.outcome.why}`;
    case 'spawn':
      return `spawn ${effect.life} in ${effect.slot} (${configWords(effect.config)})`;
    case 'signal':
      return `${effect.signal} ${effect.life}`;
    case 'wake':
      return `wake ${effect.life} in ${Math.round(effect.after)}`;
    case 'askReload':
      return `ask ${effect.life}`;
    default:
      return effect satisfies never;
  }
}
