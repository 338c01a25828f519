import { join } from 'node:path';
import { closeFile, placeOf } from '../system/raw-file.js';
import { before, blocksOf, bytesOf, lastOfInode, openCurrent, type Part, rotatedParts } from './history.js';
import { Lines } from './lines.js';
import { logName } from './log-names.js';

type Reading = { readonly fd: number; readonly inode: number; at: number };

/** Follows what one worker writes, from file to file: none of it missed, none of it twice. */
export class Trail {
  private readonly path: string;
  private reading: Reading | null = null;
  private found: string[] = [];
  private readonly lines = new Lines((line) => this.found.push(line));

  /** `lastStamp`: of the newest file that is done with. Without `startAt`, all that is newer is still to read. */
  constructor(
    private readonly folder: string,
    readonly worker: string,
    private lastStamp = '',
  ) {
    this.path = join(folder, logName({ worker, stamp: null, gz: false }));
  }

  /** From the end of this open file on; its descriptor belongs to the trail from now on. */
  startAt({ fd, inode, end }: NonNullable<Part['open']>): void {
    this.reading = { fd, inode, at: end };
  }

  /** The lines that were finished since the last time. */
  async read(): Promise<readonly string[]> {
    do this.readOn();
    while (this.isMoved() && (await this.openNext()));
    const found = this.found;
    this.found = [];
    return found;
  }

  close(): void {
    if (this.reading) closeFile(this.reading.fd);
    this.reading = null;
  }

  private readOn(): void {
    const { reading } = this;
    if (!reading) return;
    for (const bytes of blocksOf(reading.fd, reading.at, Number.POSITIVE_INFINITY)) {
      this.lines.feed(bytes);
      reading.at += bytes.length;
    }
  }

  /** Also when someone emptied the file: then it begins anew. */
  private isMoved(): boolean {
    const place = placeOf(this.path);
    if (this.reading && place?.inode === this.reading.inode) {
      if (place.size < this.reading.at) this.reading.at = 0;
      return false;
    }
    return place !== null;
  }

  /** What came into the old file before it was moved, the files in between, then the one that is written now. */
  private async openNext(): Promise<boolean> {
    const next = openCurrent(this.folder, this.worker);
    if (!next?.open) return false;
    this.readOn();
    for (const part of this.upTo(next)) {
      this.lines.end();
      for await (const bytes of bytesOf(part, 0)) this.lines.feed(bytes);
    }
    this.lines.end();
    this.close();
    this.startAt({ ...next.open, end: 0 });
    return true;
  }

  /** The rotated files between the one that was read until now and the next one. */
  private upTo(next: Part): readonly Part[] {
    const rotated = rotatedParts(this.folder, this.worker);
    const parts = before(rotated, next).filter(({ log }) => (log.stamp ?? '') > this.lastStamp);
    this.lastStamp = parts.at(-1)?.log.stamp ?? this.lastStamp;
    return this.reading ? parts.slice(lastOfInode(parts, this.reading.inode) + 1) : parts;
  }
}
