import { dirname } from 'node:path';
import type { Bytes } from '../../config/app.js';
import { wallTime } from '../../system/clock.js';
import { makeFolder } from '../../system/files.js';
import { GrowingFile } from '../../system/growing-file.js';
import { placeOf } from '../../system/raw-file.js';
import type { Chunk } from './chunk.js';
import { IndexWriter } from './index-writer.js';

const NEWLINE = 10;

/** The file that is being written, opened when it is needed; notices when someone else took it away. */
export class CurrentFile {
  /** The last byte in it is no newline. */
  midLine = false;
  bornAt = 0;
  private file: GrowingFile | null = null;
  private readonly index: IndexWriter;

  constructor(readonly path: string) {
    this.index = new IndexWriter(`${path}.idx`);
  }

  get size(): Bytes {
    return this.file?.size ?? 0;
  }

  open(): GrowingFile {
    this.file ??= this.reopen();
    return this.file;
  }

  /** Throws what the write threw; `size` tells what it wrote nevertheless. */
  append(chunk: Chunk, length: Bytes): void {
    if (this.file?.isCut) this.close();
    if (this.index.isDue) this.markTime(chunk.rest.subarray(0, length));
    const bytes = chunk.rest;
    const file = this.open();
    const before = file.size;
    try {
      chunk.moveTo(file, length);
    } finally {
      const written = file.size - before;
      if (written > 0) this.midLine = bytes[written - 1] !== NEWLINE;
    }
  }

  close(): void {
    this.file?.close();
    this.file = null;
    this.midLine = false;
  }

  private reopen(): GrowingFile {
    makeFolder(dirname(this.path));
    const file = new GrowingFile(this.path);
    this.midLine = file.size > 0 && file.lastByte !== NEWLINE;
    const firstLineAt = this.index.begin(file.inode, file.size);
    this.bornAt = firstLineAt ?? (file.size > 0 ? file.changedAt : wallTime().getTime());
    return file;
  }

  /** A mark is at a line's beginning. Often enough to look whether the file is still where it was, too. */
  private markTime(bytes: Uint8Array): void {
    if (this.file && placeOf(this.path)?.inode !== this.file.inode) this.close();
    this.open();
    const toLineStart = this.midLine ? bytes.indexOf(NEWLINE) + 1 : 0;
    if (toLineStart > 0 || !this.midLine) this.index.mark(this.size + toLineStart);
  }
}
