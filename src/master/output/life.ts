import { makeFifo, openForChild } from '../../system/fifo.js';
import { removeFile } from '../../system/files.js';
import { unless } from '../../system/os-error.js';
import { closeFile } from '../../system/raw-file.js';
import type { Hearing, Stream } from './hearing.js';
import { type Sink, Source } from './source.js';

/** What one life writes. It has ended when every process that could write to it is gone. */
export type LifeOutput = {
  readonly ended: boolean;
  onEnded(then: () => void): void;
  /** The last lines it wrote to stderr, else to stdout. */
  tail(): readonly string[];
  watchLines(onLine: (line: string) => void): () => void;
  /** Takes in now what it has written by now, as after its exit. */
  drain(): void;
};

/** Of a life that is about to be spawned: the descriptors for it, ours until they are closed. */
export type NewOutput = LifeOutput & {
  readonly stdout: number;
  readonly stderr: number;
  closeChildEnds(): void;
};

const SUFFIX = { stdout: 'out', stderr: 'err' } as const;
const STREAMS = ['stdout', 'stderr'] as const;

/** The two FIFOs of one life, `web.2-17.out` and `.err`. */
export class Life implements NewOutput {
  stdout = -1;
  stderr = -1;
  private readonly sources = new Set<Source>();
  private readonly onEnd: (() => void)[] = [];

  /** `path` lacks the suffix; bytes go to `file`, too. */
  constructor(
    private readonly path: string,
    private readonly life: number,
    private readonly file: Sink,
    private readonly hearing: Hearing,
  ) {}

  /** New FIFOs, and the ends for the child: read and write, so that without a reader it waits, not dies. */
  make(): this {
    try {
      for (const stream of STREAMS) this.makeStream(stream);
    } catch (error) {
      this.closeChildEnds();
      this.close();
      for (const stream of STREAMS) removeFile(this.pathOf(stream));
      throw error;
    }
    return this;
  }

  /** The FIFOs that an earlier master made; what is not there any more has ended. */
  adopt(): this {
    for (const stream of STREAMS) unless(['ENOENT'], undefined, () => this.listen(stream));
    return this;
  }

  closeChildEnds(): void {
    for (const stream of STREAMS) {
      if (this[stream] !== -1) closeFile(this[stream]);
      this[stream] = -1;
    }
  }

  get ended(): boolean {
    return this.sources.size === 0;
  }

  onEnded(then: () => void): void {
    if (this.ended) queueMicrotask(then);
    else this.onEnd.push(then);
  }

  tail(): readonly string[] {
    return this.hearing.tail();
  }

  watchLines(onLine: (line: string) => void): () => void {
    return this.hearing.watch(onLine);
  }

  drain(): void {
    for (const source of this.sources) source.drain();
  }

  endIfDeserted(): void {
    for (const source of this.sources) source.endIfDeserted();
  }

  /** Leaves what is still to be written to the next master. */
  close(): void {
    for (const source of this.sources) source.close();
  }

  /** The one that the record of open lines calls so. */
  sourceCalled(label: string): Source | null {
    return [...this.sources].find((source) => source.label === label) ?? null;
  }

  private makeStream(stream: Stream): void {
    makeFifo(this.pathOf(stream));
    this[stream] = openForChild(this.pathOf(stream));
    this.listen(stream);
  }

  private listen(stream: Stream): void {
    const label = `${this.life}.${SUFFIX[stream]}`;
    this.sources.add(new Source(this.pathOf(stream), label, this.sinkOf(stream)));
  }

  private sinkOf(stream: Stream): Sink {
    const { file, hearing } = this;
    return {
      get contended() {
        return file.contended;
      },
      mayWrite: (source) => file.mayWrite(source),
      wait: (source) => file.wait(source),
      take: (source, chunk) => {
        const bytes = chunk.rest;
        file.take(source, chunk);
        hearing.hear(stream, bytes);
      },
      ended: (source) => {
        file.ended(source);
        hearing.end(stream);
        this.end(source);
      },
    };
  }

  private end(source: Source): void {
    this.sources.delete(source);
    if (this.ended) for (const then of this.onEnd.splice(0)) then();
  }

  private pathOf(stream: Stream): string {
    return `${this.path}.${SUFFIX[stream]}`;
  }
}
