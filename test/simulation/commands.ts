import type { GroupConfig, RestartPolicy } from '../../src/config/app.js';
import type { Command, Group, Slots } from '../../src/group/group.js';
import type { Patience } from '../../src/worker/worker.js';
import { someConfig } from '../group/some-config.js';
import type { Dice } from './dice.js';
import { MANNERS, type Manners } from './program.js';

/** A config as somebody may write it, whose programs have these manners. */
export function drawConfig(dice: Dice, manners: Manners): GroupConfig {
  const by = dice.pick('replace', 'replace', 'signal');
  return someConfig({
    count: dice.between(0, 4),
    env: { MANNERS: manners, VERSION: String(dice.between(1, 1e6)) },
    ready: { by: 'notify', within: dice.pick(300, 1000) },
    reload: { by, signal: 'SIGHUP', batch: dice.between(1, 3) },
    stop: { signal: 'SIGTERM', timeout: dice.pick(200, 500), drain: 0 },
    restart: drawRestart(dice),
  });
}

const drawRestart = (dice: Dice): RestartPolicy => ({
  when: dice.pick('always', 'always', 'always', 'on-failure', 'never'),
  codes: dice.pick([0], [0, 7]),
  from: dice.pick(10, 50, 100),
  to: dice.pick(400, 3000),
  stable: dice.pick(500, 2000),
  attempts: dice.pick(null, null, 1, 3),
});

const drawManners = (dice: Dice): Manners => dice.pick('good', 'good', 'flaky', 'flaky', ...MANNERS);

export const drawFirstConfig = (dice: Dice): GroupConfig =>
  drawConfig(dice, dice.pick('good', 'good', 'flaky', drawManners(dice)));

/** Any command, at any time, as somebody who sees the group may give it. */
export function drawCommand(dice: Dice, group: Group): Command {
  const slots = drawSlots(dice);
  switch (dice.pick('start', 'stop', 'restart', 'reload', 'reload', 'reload', 'adjust')) {
    case 'start':
      return { do: 'start', slots, keep: dice.chance(0.4) };
    case 'stop':
      return { do: 'stop', slots, patience: drawPatience(dice) };
    case 'restart':
      return { do: 'restart', slots, patience: drawPatience(dice) };
    case 'reload':
      return drawReload(dice, group, slots);
    default:
      return drawAdjust(dice, group);
  }
}

function drawReload(dice: Dice, group: Group, slots: Slots): Command {
  const config = dice.chance(0.15) ? group.config : drawConfig(dice, drawManners(dice));
  const isSame = slots !== null || config === group.config || dice.chance(0.6);
  const count = isSame ? group.count : dice.between(0, 4);
  const by = dice.pick('replace', 'replace', config.reload.by);
  return { do: 'reload', slots, config, count, patience: drawPatience(dice), by };
}

/** `scale`, or an `apply` that needs no new life. */
function drawAdjust(dice: Dice, { config, count }: Group): Command {
  const next = dice.chance(0.5) ? config : { ...config, restart: drawRestart(dice) };
  const to = dice.chance(0.8) ? dice.between(0, 4) : count;
  return { do: 'adjust', config: next, count: to, patience: drawPatience(dice) };
}

const drawPatience = (dice: Dice): Patience => dice.pick('timeout', 'timeout', 'timeout', 'forever', 'none');

/** Slots that are not there, and the same one twice, may be named too. */
function drawSlots(dice: Dice): Slots {
  if (dice.chance(0.6)) return null;
  return Array.from({ length: dice.between(1, 3) }, () => dice.between(0, 4));
}
