import type { Millis } from '../../src/config/app.js';
import type { Group, GroupEffect, GroupEvent } from '../../src/group/group.js';
import type { Process } from './machine.js';

/** One step of the core, with the truth of the machine before its effects are carried out. */
export type Moment = {
  readonly now: Millis;
  readonly event: GroupEvent;
  /** The event is an end that was not told before. */
  readonly isNewEnd: boolean;
  readonly before: Group;
  readonly after: Group;
  readonly effects: readonly GroupEffect[];
  readonly processes: ReadonlyMap<number, Process>;
  /** Processes whose end was not told yet. */
  readonly untold: number;
};

/** Looks at every step of one history, and says what is wrong, if anything is. */
export type Watch = (moment: Moment) => string | null;

/** By the sentence that must always hold: makes the watch for one history. */
export type Laws = Readonly<Record<string, () => Watch>>;

export type EffectOf<D extends GroupEffect['do']> = Extract<GroupEffect, { do: D }>;

export const effectsOf = <D extends GroupEffect['do']>({ effects }: Moment, does: D): EffectOf<D>[] =>
  effects.filter((effect): effect is EffectOf<D> => effect.do === does);
