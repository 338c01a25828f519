import { type Appender, openAppender } from '../../system/appender.js';
import { readText, removeFile } from '../../system/files.js';

const LONGEST = 64 * 1024;

/** Who wrote half a line last, for a master that comes after a kill: the last line of a small file. */
export class OwnerRecord {
  private last: string | null = null;
  private file: Appender | null = null;

  constructor(private readonly path: string) {}

  read(): string | null {
    return /(.+)\n$/.exec(readText(this.path) ?? '')?.[1] ?? null;
  }

  /** One word is written only when it is another one than before. */
  write(label: string): void {
    if (label === this.last) return;
    this.last = label;
    try {
      if ((this.file?.size ?? 0) > LONGEST) this.remove();
      this.file ??= openAppender(this.path, 0o600);
      this.file.write(Buffer.from(`${label}\n`));
    } catch {}
  }

  close(): void {
    this.file?.close();
    this.file = null;
  }

  remove(): void {
    this.close();
    removeFile(this.path);
  }
}
