import type { Cell } from './report.js';

/** What each peer was measured at, column by column; one that failed is not tried again there. */
export class Samples {
  private readonly cells = new Map<string, number[] | 'failed'>();

  constructor(private readonly say: (text: string) => void) {}

  async try(peer: string, column: string, measure: () => Promise<number>): Promise<void> {
    if (this.of(peer, column) === 'failed') return;
    try {
      this.add(peer, column, await measure());
    } catch (error) {
      this.fail(peer, column, error as Error);
    }
  }

  add(peer: string, column: string, sample: number): void {
    const cell = this.cells.get(key(peer, column)) ?? [];
    if (cell === 'failed') return;
    this.cells.set(key(peer, column), [...cell, sample]);
    this.say(`${column}: ${peer} ${sample.toFixed(1)}`);
  }

  fail(peer: string, column: string, error: Error): void {
    this.cells.set(key(peer, column), 'failed');
    this.say(`${column}: ${peer} failed: ${error.message}`);
  }

  of(peer: string, column: string): Cell {
    return this.cells.get(key(peer, column)) ?? '–';
  }
}

const key = (peer: string, column: string): string => `${peer}/${column}`;
