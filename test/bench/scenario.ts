import type { Peer } from './peers/peer.js';
import type { Section } from './report.js';

export type Run = {
  readonly peers: readonly Peer[];
  /** Few and short: whether all of it works, not how fast it is. */
  readonly quick: boolean;
  /** What goes on, for whoever waits. */
  say(text: string): void;
};

export type Scenario = {
  readonly name: string;
  /** A program without which it cannot be measured. */
  readonly needs?: string;
  measure(run: Run): Promise<readonly Section[]>;
};

/** Each in turn, beginning with another one in each round, so that the noise of the machine hits all. */
export function* inTurn<T>(all: readonly T[], rounds: number): Generator<T> {
  for (let round = 0; round < rounds; round += 1) {
    const first = round % Math.max(1, all.length);
    yield* all.slice(first);
    yield* all.slice(0, first);
  }
}
