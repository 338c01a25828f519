import type { Millis } from '../../config/app.js';

/** The owner of a line that is not finished keeps the others waiting for so long after its last bytes… */
export const QUIET: Millis = 200;
/** …and no longer than this, even if it goes on and on without a newline. */
export const LONGEST: Millis = 2000;

/** Several sources share one file, whole lines only: who wrote half a line is alone until it is finished. */
export class OpenLine<Source> {
  private holder: Source | null = null;
  private wroteAt: Millis = 0;
  private readonly queue = new Map<Source, Millis>();

  get owner(): Source | null {
    return this.holder;
  }

  /** Someone waits: the owner shall stop at its next line end. */
  get contended(): boolean {
    return this.queue.size > 0;
  }

  mayWrite(source: Source): boolean {
    return this.holder === null || this.holder === source;
  }

  wrote(source: Source, finished: boolean, now: Millis): void {
    this.holder = finished ? null : source;
    this.wroteAt = now;
  }

  wait(source: Source, now: Millis): void {
    if (!this.queue.has(source)) this.queue.set(source, now);
  }

  leave(source: Source): void {
    this.queue.delete(source);
    if (this.holder === source) this.holder = null;
  }

  /** When the line of the owner is to be broken off; null as long as nobody waits for it. */
  dueAt(): Millis | null {
    const [first] = this.queue.values();
    if (this.holder === null || first === undefined) return null;
    return Math.min(this.wroteAt + QUIET, first + LONGEST);
  }

  /** The line is finished, or broken off: everybody may try again. */
  release(): readonly Source[] {
    const waited = [...this.queue.keys()];
    this.queue.clear();
    this.holder = null;
    return waited;
  }
}
