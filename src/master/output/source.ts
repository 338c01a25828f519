import type { Bytes, Millis } from '../../config/app.js';
import { after, type Timer } from '../../system/clock.js';
import { onReadable, openReader, readInto } from '../../system/fifo.js';
import { removeFile } from '../../system/files.js';
import { growPipe, peekInto } from '../../system/pipe.js';
import type { Poll } from '../../system/poll.js';
import { closeFile } from '../../system/raw-file.js';
import { type Chunk, OwnChunk, PipedChunk } from './chunk.js';

/** Whoever takes the bytes, all of them before `take` returns. */
export type Sink = {
  mayWrite(source: Source): boolean;
  /** Someone waits for the line end of the one who may write. */
  readonly contended: boolean;
  take(source: Source, chunk: Chunk): void;
  /** Calls `resume` when it is this one's turn. */
  wait(source: Source): void;
  ended(source: Source): void;
};

const NEWLINE = 10;
const NEWLY_MADE: Bytes = 64 * 1024;
const GROWN: Bytes = 1024 * 1024;
/** A user may have 64 MiB in pipes; past that the kernel makes new ones tiny. */
const MOST_GROWN = 16;
const NOISY = 8;
/** After little came: a program that writes line by line costs one wake-up for many of them. */
const PAUSE: Millis = 3;
const AT_ONCE = 64;

const buffer = Buffer.allocUnsafeSlow(1024 * 1024);
let grown = 0;

/** The reading end of one FIFO. Bytes that may not be written yet stay in the kernel. */
export class Source {
  /** The beginning of its line was lost: so is the rest. */
  skipping = false;
  private readonly fd: number;
  private readonly poll: Poll;
  private pause: Timer | null = null;
  private capacity = NEWLY_MADE;
  private filled = 0;
  private open = true;

  constructor(
    private readonly path: string,
    readonly label: string,
    private readonly sink: Sink,
  ) {
    this.fd = openReader(path);
    this.poll = onReadable(this.fd, () => this.turn());
  }

  resume(): void {
    if (this.open && !this.pause) this.poll.start();
  }

  /** Reads once. False when there was nothing, or it is not its turn. */
  read(): boolean {
    return typeof this.readOnce() === 'number';
  }

  /** Ends it if its writers were gone before it was opened: poll(2) never tells that. */
  endIfDeserted(): void {
    if (peekInto(this.fd, buffer) === 0) this.readOnce();
  }

  /** Reads all that is there by now. */
  drain(): void {
    for (let times = 0; times < AT_ONCE && this.open && this.sink.mayWrite(this); times++)
      if (!this.read()) return;
  }

  /** Leaves the FIFO and what is in it to the next master. */
  close(): void {
    if (!this.open) return;
    this.open = false;
    this.pause?.cancel();
    this.poll.close();
    closeFile(this.fd);
    if (this.capacity === GROWN) grown--;
  }

  private turn(): void {
    if (this.sink.mayWrite(this)) {
      const got = this.readOnce();
      if (typeof got === 'number' && this.open) this.pace(got);
    } else {
      this.poll.stop();
      this.sink.wait(this);
    }
  }

  /** Looks first, and moves then, so that a kill in between loses nothing. */
  private readOnce(): number | 'empty' | 'ended' {
    const seen = this.lookAhead();
    if (seen.length > 0) {
      this.sink.take(this, new PipedChunk(this.fd, seen));
      return seen.length;
    }
    const got = readInto(this.fd, buffer);
    if (got === 'ended') this.end();
    else if (got !== 'empty') this.sink.take(this, new OwnChunk(buffer.subarray(0, got)));
    return got;
  }

  private lookAhead(): Uint8Array {
    const seen = buffer.subarray(0, peekInto(this.fd, buffer));
    const lineEnd = this.sink.contended ? seen.lastIndexOf(NEWLINE) + 1 : 0;
    return lineEnd > 0 ? seen.subarray(0, lineEnd) : seen;
  }

  /** A pipe found full is read again at once; else its writer gets time to fill it. */
  private pace(got: Bytes): void {
    if (got >= this.capacity / 2) this.grow();
    else this.rest();
  }

  private rest(): void {
    this.poll.stop();
    this.pause = after(PAUSE, () => {
      this.pause = null;
      this.resume();
    });
  }

  private grow(): void {
    this.filled++;
    if (this.filled !== NOISY || grown >= MOST_GROWN || !growPipe(this.fd, GROWN)) return;
    this.capacity = GROWN;
    grown++;
  }

  private end(): void {
    this.close();
    removeFile(this.path);
    this.sink.ended(this);
  }
}
