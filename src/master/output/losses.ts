import type { Bytes, Millis } from '../../config/app.js';
import { after, now } from '../../system/clock.js';

/** Log bytes of one worker that could not be written, and the code of the OS for it. */
export type Loss = { readonly worker: string; readonly bytes: Bytes; readonly code: string };

const TOLD_EVERY: Millis = 1000;

/** Tells the first loss at once and the next ones summed up, so that a full disk is no flood of news. */
export class Losses {
  private bytes = 0;
  private code = '';
  private toldAt = Number.NEGATIVE_INFINITY;
  private waiting = false;

  constructor(
    private readonly worker: string,
    private readonly onLoss: (loss: Loss) => void,
  ) {}

  /** Without a code: what followed from the loss before. */
  add(bytes: Bytes, code = this.code): void {
    this.code = code;
    this.bytes += bytes;
    if (this.bytes === 0 || this.waiting) return;
    const wait = this.toldAt + TOLD_EVERY - now();
    this.waiting = wait > 0;
    if (this.waiting) after(wait, () => this.tell());
    else this.tell();
  }

  private tell(): void {
    const { worker, bytes, code } = this;
    this.waiting = false;
    this.bytes = 0;
    this.toldAt = now();
    if (bytes > 0) this.onLoss({ worker, bytes, code });
  }
}
