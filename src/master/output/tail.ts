import type { Bytes } from '../../config/app.js';
import { textOf } from '../../logs/lines.js';

const LINES = 20;
const WIDTH = 500;
const SMALLEST = 256;

/** The last bytes of a stream, for messages; costs one copy of at most `limit` bytes a chunk. */
export class Tail {
  private kept = new Uint8Array();
  private length = 0;
  private cut = false;

  constructor(private readonly limit: Bytes) {}

  add(bytes: Uint8Array): void {
    const fresh = bytes.subarray(Math.max(0, bytes.length - this.limit));
    const old = Math.min(this.length, this.limit - fresh.length);
    if (old < this.length || fresh.length < bytes.length) this.cut = true;
    this.makeRoom(old + fresh.length);
    this.kept.copyWithin(0, this.length - old, this.length);
    this.kept.set(fresh, old);
    this.length = old + fresh.length;
  }

  /** The first of the kept lines may have lost its beginning: it counts only if it is all there is. */
  lines(): string[] {
    const lines = textOf(this.kept.subarray(0, this.length)).split('\n');
    if (lines.at(-1) === '') lines.pop();
    if (this.cut && lines.length > 1) lines.shift();
    return lines.slice(-LINES).map((line) => line.slice(0, WIDTH));
  }

  private makeRoom(size: Bytes): void {
    if (size <= this.kept.length) return;
    const grown = new Uint8Array(Math.min(this.limit, Math.max(size, this.kept.length * 2, SMALLEST)));
    grown.set(this.kept.subarray(0, this.length));
    this.kept = grown;
  }
}
