import { join } from 'node:path';
import type { LogPolicy } from '../../config/app.js';
import type { Compressor } from './compressor.js';
import { Hearing, type Listener } from './hearing.js';
import { Life, type LifeOutput, type NewOutput } from './life.js';
import { LogFile } from './log-file.js';
import type { Loss } from './losses.js';
import { OwnerRecord } from './owner-record.js';
import { SharedFile } from './shared-file.js';

/** What all slots of a master have in common. */
export type Surroundings = {
  readonly fifoFolder: string;
  readonly logDir: string;
  readonly compressor: Compressor;
  readonly listeners: ReadonlySet<Listener>;
  readonly onLoss: (loss: Loss) => void;
};

/** The log of one worker slot and the lives that write to it, one after the other or two at once. */
export class SlotLog {
  private readonly file: LogFile;
  private readonly record: OwnerRecord;
  private readonly shared: SharedFile;
  private readonly lives = new Set<Life>();
  private closing = false;

  constructor(
    private readonly worker: string,
    policy: LogPolicy,
    private readonly around: Surroundings,
    private readonly onClosed: () => void,
  ) {
    const { logDir, compressor, onLoss, fifoFolder } = around;
    this.file = new LogFile(logDir, worker, policy, compressor, onLoss);
    this.record = new OwnerRecord(join(fifoFolder, `${worker}.open`));
    this.shared = new SharedFile(this.file, this.record);
  }

  setPolicy(policy: LogPolicy): void {
    this.closing = false;
    this.file.policy = policy;
  }

  /** Throws what the OS says when the FIFOs cannot be made. */
  openLife(life: number): NewOutput {
    return this.keep(this.lifeOf(life).make());
  }

  /** Goes on with a life that an earlier master began, in the middle of a line if need be. */
  adoptLife(life: number): LifeOutput {
    const adopted = this.keep(this.lifeOf(life).adopt());
    const owner = this.file.midLine ? adopted.sourceCalled(this.record.read() ?? '') : null;
    if (owner) this.shared.goOn(owner);
    adopted.endIfDeserted();
    return adopted;
  }

  /** As soon as nobody can write to it any more. */
  close(): void {
    this.closing = true;
    this.closeIfDone();
  }

  /** Now: what is still to be written waits in the FIFOs for the next master. */
  detach(): void {
    for (const life of this.lives) {
      life.drain();
      life.close();
    }
    this.shared.close();
  }

  private lifeOf(life: number): Life {
    const { fifoFolder, listeners } = this.around;
    const path = join(fifoFolder, `${this.worker}-${life}`);
    return new Life(path, life, this.shared, new Hearing(this.worker, listeners));
  }

  private keep(life: Life): Life {
    this.lives.add(life);
    life.onEnded(() => {
      this.lives.delete(life);
      this.closeIfDone();
    });
    return life;
  }

  private closeIfDone(): void {
    if (!this.closing || this.lives.size > 0) return;
    this.shared.close();
    this.record.remove();
    this.onClosed();
  }
}
