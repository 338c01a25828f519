import type { Fact } from '../../src/control/protocol.js';

/** How many of a group were ready at least, from the moment on when `count` of them were. */
export class FewestReady {
  fewest = Number.POSITIVE_INFINITY;
  readonly #ready = new Set<number>();

  constructor(
    readonly group: string,
    readonly count: number,
  ) {}

  hear(fact: Fact): void {
    if (fact.kind !== 'worker' || fact.group !== this.group) return;
    if (fact.phase === 'ready') this.#ready.add(fact.life);
    else this.#ready.delete(fact.life);
    if (Number.isFinite(this.fewest) || this.#ready.size === this.count)
      this.fewest = Math.min(this.fewest, this.#ready.size);
  }
}
