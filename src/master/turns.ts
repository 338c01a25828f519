import { SupError } from '../errors/sup-error.js';

/**
 * Verbs that change the same group wait for each other, in the order in which they came. A stop does not wait:
 * it takes their turn away from those that wait and from those in between two steps.
 */
export class Turns {
  private readonly tails = new Map<string, Promise<unknown>>();
  private readonly stops = new Map<string, number>();

  /** `check` throws once a stop of one of these groups came in. */
  async take<T>(groups: readonly string[], verb: (check: () => void) => Promise<T>): Promise<T> {
    const check = this.watch(groups);
    const before = Promise.allSettled(groups.flatMap((group) => this.tails.get(group) ?? []));
    const mine = before.then(() => {
      check();
      return verb(check);
    });
    const settled = mine.catch(() => {});
    for (const group of groups) this.tails.set(group, settled);
    return mine;
  }

  /** The check alone, for what waits for nobody. */
  watch(groups: readonly string[]): () => void {
    const seen = this.count(groups);
    return () => {
      if (this.count(groups) !== seen) throw superseded();
    };
  }

  supersede(groups: readonly string[]): void {
    for (const group of groups) this.stops.set(group, (this.stops.get(group) ?? 0) + 1);
  }

  private count(groups: readonly string[]): number {
    return groups.reduce((sum, group) => sum + (this.stops.get(group) ?? 0), 0);
  }
}

export const superseded = (): SupError =>
  new SupError('E_SUPERSEDED', 'a stop came in between and ended this', 'see what runs with `sup status`');
