import type { GroupConfig, Millis } from '../../src/config/app.js';
import type { Ending } from '../../src/worker/worker.js';
import type { Dice } from './dice.js';

/** What kind of programs a config brings; it stands in the variable MANNERS, so that it survives as a config does. */
export const MANNERS = ['good', 'flaky', 'silent', 'dying', 'missing'] as const;
export type Manners = (typeof MANNERS)[number];

/** What one process will do, if nobody ends it before; null is never. Times count from the spawn. */
export type Script = {
  readonly readyAfter: Millis | null;
  readonly endsAfter: Millis | null;
  readonly ending: Ending;
  readonly unwellAfter: Millis | null;
  readonly extendAfter: Millis | null;
  /** From SIGTERM to its end; null ignores it. */
  readonly leavesAfter: Millis | null;
  readonly onReload: 'confirms' | 'ignores' | 'dies';
};

export const mannersOf = ({ env }: GroupConfig): Manners =>
  MANNERS.find((manners) => manners === env['MANNERS']) ?? 'good';

const GOOD: Script = {
  readyAfter: 50,
  endsAfter: null,
  ending: { how: 'code', code: 1 },
  unwellAfter: null,
  extendAfter: null,
  leavesAfter: 20,
  onReload: 'confirms',
};

/** In the end all programs are well-behaved. */
export const goodScript = (dice: Dice): Script => ({
  ...GOOD,
  readyAfter: dice.between(1, 200),
  leavesAfter: dice.between(0, 100),
});

export function drawScript(manners: Manners, dice: Dice): Script {
  const usual = { ...goodScript(dice), ending: drawEnding(dice), leavesAfter: drawLeaving(dice) };
  switch (manners) {
    case 'good':
      return usual;
    case 'flaky':
      return flaky(usual, dice);
    case 'silent':
      return { ...usual, readyAfter: null };
    case 'dying':
      return { ...usual, readyAfter: dice.chance(0.7) ? null : 1, endsAfter: dice.between(0, 300) };
    case 'missing':
      return { ...usual, readyAfter: null, endsAfter: 0, ending: { how: 'exec', why: 'no such program' } };
    default:
      return manners satisfies never;
  }
}

function flaky(usual: Script, dice: Dice): Script {
  const sometimes = (probability: number, high: number) =>
    dice.chance(probability) ? dice.between(0, high) : null;
  return {
    ...usual,
    readyAfter: dice.chance(0.1) ? null : dice.between(0, dice.pick(300, 1500)),
    endsAfter: sometimes(0.5, 6000),
    unwellAfter: sometimes(0.15, 4000),
    extendAfter: sometimes(0.15, 1200),
    onReload: dice.pick('confirms', 'confirms', 'ignores', 'dies'),
  };
}

const drawLeaving = (dice: Dice): Millis | null => (dice.chance(0.15) ? null : dice.between(0, 700));

const drawEnding = (dice: Dice): Ending =>
  dice.pick<Ending>(
    { how: 'code', code: 0 },
    { how: 'code', code: 1 },
    { how: 'code', code: 7 },
    { how: 'signal', signal: 'SIGSEGV' },
    { how: 'unknown' },
  );
