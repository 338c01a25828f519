import { join } from 'node:path';
import type { LogPolicy } from '../../config/app.js';
import { indexName, logName, nextStamp, parseLogName } from '../../logs/log-names.js';
import { wallTime } from '../../system/clock.js';
import { listFolder, removeFile, renameFile } from '../../system/files.js';
import { unless } from '../../system/os-error.js';
import type { Compressor } from './compressor.js';

/** Gives the full file a name of its own, keeps the newest ones, and has them compressed. */
export class Rotation {
  private stamps: string[] | null = null;

  constructor(
    private readonly folder: string,
    private readonly worker: string,
    private readonly compressor: Compressor,
  ) {}

  rotate(policy: LogPolicy): void {
    const stamps = this.known(policy);
    const stamp = nextStamp(wallTime().getTime(), stamps.at(-1) ?? null);
    this.move(indexName({ worker: this.worker, stamp: null }), indexName({ worker: this.worker, stamp }));
    this.move(this.name(null), this.name(stamp));
    stamps.push(stamp);
    if (policy.compress) this.compressor.add(join(this.folder, this.name(stamp)));
    for (const old of stamps.splice(0, stamps.length - policy.keep)) this.remove(old);
  }

  /** Looked up once; what an earlier master left uncompressed is done now. */
  private known(policy: LogPolicy): string[] {
    this.stamps ??= this.find(policy);
    return this.stamps;
  }

  private find(policy: LogPolicy): string[] {
    const stamps = new Set<string>();
    for (const file of listFolder(this.folder)) {
      const log = parseLogName(file);
      if (log?.worker !== this.worker || log.stamp === null) continue;
      stamps.add(log.stamp);
      if (policy.compress && !log.gz) this.compressor.add(join(this.folder, file));
    }
    return [...stamps].sort();
  }

  private remove(stamp: string): void {
    for (const name of [
      this.name(stamp),
      `${this.name(stamp)}.gz`,
      indexName({ worker: this.worker, stamp }),
    ])
      removeFile(join(this.folder, name));
  }

  private move(from: string, to: string): void {
    unless(['ENOENT'], undefined, () => renameFile(join(this.folder, from), join(this.folder, to)));
  }

  private name(stamp: string | null): string {
    return logName({ worker: this.worker, stamp, gz: false });
  }
}
