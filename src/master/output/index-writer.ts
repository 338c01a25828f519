import type { Millis } from '../../config/app.js';
import { indexHead, MARK_EVERY, markLine, parseIndex, type TimeIndex } from '../../logs/time-index.js';
import { openAppender } from '../../system/appender.js';
import { now, wallTime } from '../../system/clock.js';
import { readText, removeFile } from '../../system/files.js';

/** The times beside a log. A convenience: where it cannot be written, nothing else is touched. */
export class IndexWriter {
  private markedAt: Millis | null = null;

  constructor(private readonly path: string) {}

  /** Takes up the index of this very file, or begins one; tells when its first line was written. */
  begin(inode: number, size: number): number | null {
    this.markedAt = null;
    const index = this.read();
    const end = index?.marks.at(-1)?.offset ?? 0;
    if (size > 0 && index?.inode === inode && end <= size) return index.marks[0]?.time ?? null;
    quietly(() => {
      removeFile(this.path);
      this.append(indexHead(inode));
    });
    return null;
  }

  get isDue(): boolean {
    return this.markedAt === null || now() - this.markedAt >= MARK_EVERY;
  }

  mark(offset: number): void {
    this.markedAt = now();
    quietly(() => this.append(markLine({ offset, time: wallTime().getTime() })));
  }

  private read(): TimeIndex | null {
    return quietly(() => parseIndex(readText(this.path) ?? '')) ?? null;
  }

  private append(text: string): void {
    const file = openAppender(this.path);
    try {
      file.write(Buffer.from(text));
    } finally {
      file.close();
    }
  }
}

function quietly<T>(action: () => T): T | undefined {
  try {
    return action();
  } catch {
    return undefined;
  }
}
