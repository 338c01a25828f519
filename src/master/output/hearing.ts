import { Lines } from '../../logs/lines.js';
import { Tail } from './tail.js';

export type Stream = 'stdout' | 'stderr';
export type Heard = { readonly worker: string; readonly stream: Stream; readonly line: string };
export type Listener = (heard: Heard) => void;

const STDERR_KEPT = 6 * 1024;
const STDOUT_KEPT = 2 * 1024;
const LONGEST_LINE = 64 * 1024;

/** What was heard of one life: its last words, and its lines for whoever listens. */
export class Hearing {
  private readonly tails = { stdout: new Tail(STDOUT_KEPT), stderr: new Tail(STDERR_KEPT) };
  private readonly lines: Partial<Record<Stream, Lines>> = {};
  private readonly own = new Set<Listener>();

  /** `everybody` listens to all workers. */
  constructor(
    private readonly worker: string,
    private readonly everybody: ReadonlySet<Listener>,
  ) {}

  hear(stream: Stream, bytes: Uint8Array): void {
    this.tails[stream].add(bytes);
    if (this.own.size + this.everybody.size > 0) this.linesOf(stream).feed(bytes);
  }

  end(stream: Stream): void {
    this.lines[stream]?.end();
  }

  tail(): readonly string[] {
    const lines = this.tails.stderr.lines();
    return lines.length > 0 ? lines : this.tails.stdout.lines();
  }

  watch(onLine: (line: string) => void): () => void {
    const listener: Listener = ({ line }) => onLine(line);
    this.own.add(listener);
    return () => {
      this.own.delete(listener);
    };
  }

  private linesOf(stream: Stream): Lines {
    this.lines[stream] ??= new Lines((line) => this.tell(stream, line), LONGEST_LINE);
    return this.lines[stream];
  }

  private tell(stream: Stream, line: string): void {
    const heard = { worker: this.worker, stream, line };
    for (const listener of [...this.own, ...this.everybody]) listener(heard);
  }
}
