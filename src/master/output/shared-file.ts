import { after, now, type Timer } from '../../system/clock.js';
import type { Chunk } from './chunk.js';
import type { LogFile } from './log-file.js';
import { OpenLine } from './open-line.js';
import type { OwnerRecord } from './owner-record.js';
import type { Sink, Source } from './source.js';

const NEWLINE = 10;

/** Lets the sources of one slot write to its file in turns: whole lines, as long as they are finished. */
export class SharedFile implements Sink {
  private readonly line = new OpenLine<Source>();
  private breaker: Timer | null = null;

  constructor(
    private readonly file: LogFile,
    private readonly record: OwnerRecord,
  ) {}

  get contended(): boolean {
    return this.line.contended;
  }

  mayWrite(source: Source): boolean {
    return this.line.mayWrite(source);
  }

  /** A master before this one was killed in the middle of this source's line. */
  goOn(source: Source): void {
    this.line.wrote(source, false, now());
  }

  take(source: Source, chunk: Chunk): void {
    const finished = chunk.rest.at(-1) === NEWLINE;
    if (!finished) this.record.write(source.label);
    if (source.skipping) this.skipLine(chunk);
    const isSkipped = chunk.rest.length === 0;
    const written = this.file.write(chunk, this.line.owner === source);
    source.skipping = !finished && (!written || isSkipped);
    this.line.wrote(source, finished || source.skipping, now());
    if (this.line.owner === null) this.release();
  }

  wait(source: Source): void {
    this.line.wait(source, now());
    this.armBreaker();
  }

  ended(source: Source): void {
    if (this.line.owner === source) this.file.endLine();
    this.line.leave(source);
    if (this.line.owner === null) this.release();
  }

  close(): void {
    this.breaker?.cancel();
    this.record.close();
    this.file.close();
  }

  private skipLine(chunk: Chunk): void {
    const length = chunk.rest.indexOf(NEWLINE) + 1 || chunk.rest.length;
    this.file.lose(length);
    chunk.skip(length);
  }

  private release(): void {
    this.breaker?.cancel();
    this.breaker = null;
    for (const source of this.line.release()) source.resume();
  }

  private armBreaker(): void {
    const due = this.line.dueAt();
    if (this.breaker || due === null) return;
    this.breaker = after(Math.max(0, due - now()), () => {
      this.breaker = null;
      this.breakLine();
    });
  }

  /** A last look first: our own loop may have been the one that was late. */
  private breakLine(): void {
    this.line.owner?.read();
    const due = this.line.dueAt();
    if (due === null) return;
    if (due > now()) {
      this.armBreaker();
    } else {
      this.file.endLine();
      this.release();
    }
  }
}
