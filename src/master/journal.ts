import type { Fact } from '../control/protocol.js';
import { wallTime } from '../system/clock.js';

type WithoutStamp<F> = F extends Fact ? Omit<F, 'seq' | 'at'> : never;
/** A fact before it has its number and its time. */
export type News = WithoutStamp<Fact>;

const RECENT = 1_000;

/** Every fact, numbered: written to master.log as a line of JSON, kept for a while, told to whoever listens. */
export class Journal {
  private readonly kept: Fact[] = [];
  private readonly listeners = new Set<(fact: Fact) => void>();
  private readonly untold: Fact[] = [];
  private seq = 0;

  constructor(private readonly file: { write(line: string): void }) {}

  get recent(): readonly Fact[] {
    return this.kept;
  }

  publish(news: News): void {
    this.seq += 1;
    const fact = { seq: this.seq, at: wallTime().toISOString(), ...news } as Fact;
    this.kept.push(fact);
    if (this.kept.length > RECENT) this.kept.shift();
    this.file.write(JSON.stringify(fact));
    if (this.untold.push(fact) === 1) this.tell();
  }

  /** A listener may bring about the next fact: that is told once all have heard this one. */
  private tell(): void {
    for (let fact = this.untold[0]; fact; fact = this.untold[0]) {
      for (const then of [...this.listeners]) this.tellOne(then, fact);
      this.untold.shift();
    }
  }

  /** One that throws hears no more. */
  private tellOne(then: (fact: Fact) => void, fact: Fact): void {
    try {
      then(fact);
    } catch {
      this.listeners.delete(then);
    }
  }

  /** Gives back how to stop. */
  subscribe(then: (fact: Fact) => void): () => void {
    this.listeners.add(then);
    return () => void this.listeners.delete(then);
  }
}
