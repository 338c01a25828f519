import type { Bytes } from '../../config/app.js';
import { readInto } from '../../system/fifo.js';
import type { GrowingFile } from '../../system/growing-file.js';

/** Bytes on their way into a file, the first ones first. */
export type Chunk = {
  /** Those that are still to go. */
  readonly rest: Uint8Array;
  moveTo(file: GrowingFile, length: Bytes): void;
  skip(length: Bytes): void;
};

/** Bytes of our own. */
export class OwnChunk implements Chunk {
  constructor(public rest: Uint8Array) {}

  moveTo(file: GrowingFile, length: Bytes): void {
    const before = file.size;
    try {
      file.write(this.rest.subarray(0, length));
    } finally {
      this.skip(file.size - before);
    }
  }

  skip(length: Bytes): void {
    this.rest = this.rest.subarray(length);
  }
}

const dropped = Buffer.allocUnsafeSlow(64 * 1024);

/** Bytes that were seen at the head of a pipe, and are there until they are in the file. */
export class PipedChunk implements Chunk {
  constructor(
    private readonly pipe: number,
    public rest: Uint8Array,
  ) {}

  moveTo(file: GrowingFile, length: Bytes): void {
    const before = file.size;
    let spliced = true;
    try {
      spliced = file.moveFrom(this.pipe, length);
    } finally {
      this.rest = this.rest.subarray(file.size - before);
    }
    if (!spliced) this.copyTo(file, length - (file.size - before));
  }

  skip(length: Bytes): void {
    this.rest = this.rest.subarray(length);
    for (let left = length; left > 0; ) {
      const got = readInto(this.pipe, dropped.subarray(0, left));
      if (typeof got !== 'number') return;
      left -= got;
    }
  }

  private copyTo(file: GrowingFile, length: Bytes): void {
    const bytes = this.rest.subarray(0, length);
    this.skip(length);
    file.write(bytes);
  }
}
