import { stepGroup } from '../../src/group/step.js';
import { Broken, type Core, History, type Say } from './history.js';

export type Report = {
  readonly histories: number;
  readonly steps: number;
  readonly failure: { readonly seed: number; readonly law: string; readonly detail: string } | null;
};

/** Histories with the seeds from `first` on, until one breaks a law. */
export function simulate(first: number, histories: number, core: Core = stepGroup): Report {
  let steps = 0;
  for (let done = 0; done < histories; done++) {
    const history = new History(first + done, core);
    const broken = attempt(history);
    steps += history.steps;
    if (broken) {
      const failure = { seed: first + done, law: broken.law, detail: broken.detail };
      return { histories: done + 1, steps, failure };
    }
  }
  return { histories, steps, failure: null };
}

/** One history, step by step. */
export function replay(seed: number, say: Say, core: Core = stepGroup): Broken | null {
  return attempt(new History(seed, core, say));
}

function attempt(history: History): Broken | null {
  try {
    history.run();
    return null;
  } catch (error) {
    if (error instanceof Broken) return error;
    throw error;
  }
}

export const howToReplay = (seed: number): string => `npm run simulate -- --seed ${seed} --histories 1`;
