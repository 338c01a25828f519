/** Seeded dice: the same seed gives the same history, on every machine (mulberry32). */
export class Dice {
  constructor(private state: number) {}

  /** In [0, 1). */
  readonly roll = (): number => {
    this.state = (this.state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(this.state ^ (this.state >>> 15), this.state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };

  chance(probability: number): boolean {
    return this.roll() < probability;
  }

  /** A whole number from `low` to `high`, both possible. */
  between(low: number, high: number): number {
    return low + Math.floor(this.roll() * (high - low + 1));
  }

  pick<T>(...list: readonly [T, ...T[]]): T {
    return list[this.between(0, list.length - 1)] as T;
  }
}
