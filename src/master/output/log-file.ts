import { dirname, join } from 'node:path';
import type { Bytes, LogPolicy } from '../../config/app.js';
import { logName } from '../../logs/log-names.js';
import { type Appender, openAppender } from '../../system/appender.js';
import { wallTime } from '../../system/clock.js';
import { makeFolder } from '../../system/files.js';
import { codeOf } from '../../system/os-error.js';
import { closeFile, openRead, placeOf, readAt } from '../../system/raw-file.js';
import type { Compressor } from './compressor.js';
import { IndexWriter } from './index-writer.js';
import { nextPiece } from './piece.js';
import { Rotation } from './rotation.js';

export type Loss = { readonly worker: string; readonly bytes: Bytes; readonly code: string };

const NEWLINE = 10;
const A_NEWLINE = new Uint8Array([NEWLINE]);

/** The file of one worker: appended to, rotated at line ends, indexed by time; a write never throws. */
export class LogFile {
  /** The last byte in it is no newline. */
  midLine = false;
  private file: Appender | null = null;
  private inode = 0;
  private bornAt = 0;
  private readonly path: string;
  private readonly index: IndexWriter;
  private readonly rotation: Rotation;

  constructor(
    folder: string,
    private readonly worker: string,
    public policy: LogPolicy,
    compressor: Compressor,
    private readonly onLoss: (loss: Loss) => void,
  ) {
    this.path = join(folder, logName({ worker, stamp: null, gz: false }));
    this.index = new IndexWriter(`${this.path}.idx`);
    this.rotation = new Rotation(folder, worker, compressor);
  }

  /** Opens it now, to see how it ended. */
  open(): void {
    this.attempt(0, () => this.opened());
  }

  /** False when not all of it could be written: then all the rest of it is dropped, and counted. */
  write(bytes: Uint8Array): boolean {
    let limit = this.policy.rotate;
    for (let rest = bytes; rest.length > 0; ) {
      const size = this.file?.size ?? 0;
      const piece = nextPiece(rest, size, this.isOld(size) ? 0 : limit, this.midLine);
      if (piece.length > 0 && !this.append(rest.subarray(0, piece.length), rest.length)) return false;
      rest = rest.subarray(piece.length);
      if (piece.rotate && !this.rotate()) limit = Number.POSITIVE_INFINITY;
    }
    return true;
  }

  endLine(): void {
    if (this.midLine) this.append(A_NEWLINE, 0);
  }

  close(): void {
    this.file?.close();
    this.file = null;
  }

  private isOld(size: Bytes): boolean {
    const { every } = this.policy;
    return every !== null && size > 0 && wallTime().getTime() - this.bornAt >= every;
  }

  /** Of `atStake` bytes, of which these are the first, all that is not written counts as lost. */
  private append(bytes: Uint8Array, atStake: Bytes): boolean {
    let written = 0;
    const done = this.attempt(atStake, () => {
      this.mark(bytes);
      const file = this.opened();
      const before = file.size;
      try {
        file.write(bytes);
      } finally {
        written = file.size - before;
        if (written > 0) this.midLine = bytes[written - 1] !== NEWLINE;
      }
    }, () => written);
    return done;
  }
}
