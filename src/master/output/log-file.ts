import { join } from 'node:path';
import type { Bytes, LogPolicy } from '../../config/app.js';
import { logName } from '../../logs/log-names.js';
import { wallTime } from '../../system/clock.js';
import { codeOf } from '../../system/os-error.js';
import { type Chunk, OwnChunk } from './chunk.js';
import type { Compressor } from './compressor.js';
import { CurrentFile } from './current-file.js';
import { type Loss, Losses } from './losses.js';
import { nextPiece } from './piece.js';
import { Rotation } from './rotation.js';

const A_NEWLINE = Buffer.from('\n');

/** The log of one worker: appended to, rotated at line ends. What fails is counted, never thrown. */
export class LogFile {
  private readonly current: CurrentFile;
  private readonly rotation: Rotation;
  private readonly losses: Losses;

  constructor(
    folder: string,
    worker: string,
    public policy: LogPolicy,
    compressor: Compressor,
    onLoss: (loss: Loss) => void,
  ) {
    this.current = new CurrentFile(join(folder, logName({ worker, stamp: null, gz: false })));
    this.rotation = new Rotation(folder, worker, compressor);
    this.losses = new Losses(worker, onLoss);
  }

  /** The last byte in it is no newline; opens it to see. */
  get midLine(): boolean {
    return this.open(0) && this.current.midLine;
  }

  /** `goesOn`: the first byte belongs to the line that is open. False when some of it was lost. */
  write(chunk: Chunk, goesOn: boolean): boolean {
    const written = this.writePieces(chunk, goesOn);
    if (!written) chunk.skip(chunk.rest.length);
    return written;
  }

  /** False when the newline could not be written: `atStake` bytes that should follow it are lost. */
  endLine(atStake: Bytes = 0): boolean {
    return !this.current.midLine || this.append(new OwnChunk(A_NEWLINE), 1, () => atStake);
  }

  /** The rest of what was lost before. */
  lose(bytes: Bytes): void {
    this.losses.add(bytes);
  }

  close(): void {
    this.current.close();
  }

  private writePieces(chunk: Chunk, goesOn: boolean): boolean {
    const { length } = chunk.rest;
    if (!this.open(length) || (!goesOn && !this.endLine(length))) return false;
    let limit = this.policy.rotate;
    while (chunk.rest.length > 0) {
      const { size, midLine } = this.current;
      const piece = nextPiece(chunk.rest, size, this.isOld() ? 0 : limit, midLine);
      if (!this.append(chunk, piece.length, () => chunk.rest.length)) return false;
      if (piece.rotate && !this.rotate()) limit = Number.POSITIVE_INFINITY;
    }
    return true;
  }

  private isOld(): boolean {
    const { every } = this.policy;
    const { size, bornAt } = this.current;
    return every !== null && size > 0 && wallTime().getTime() - bornAt >= every;
  }

  private open(atStake: Bytes): boolean {
    const code = this.attempt(() => this.current.open());
    if (code !== null) this.losses.add(atStake, code);
    return code === null;
  }

  private append(chunk: Chunk, length: Bytes, atStake: () => Bytes): boolean {
    if (length === 0) return true;
    const code = this.attempt(() => this.current.append(chunk, length));
    if (code !== null) this.losses.add(atStake(), code);
    return code === null;
  }

  private rotate(): boolean {
    const code = this.attempt(() => this.rotation.rotate(this.policy));
    if (code === null) this.current.close();
    return code === null;
  }

  /** The code of the OS for what went wrong, or null. */
  private attempt(action: () => void): string | null {
    try {
      action();
      return null;
    } catch (error) {
      const code = codeOf(error);
      if (code === null) throw error;
      return code;
    }
  }
}
