import { basename, dirname } from 'node:path';
import type { Bytes } from '../../config/app.js';
import { OwnChunk } from './chunk.js';
import { Compressor } from './compressor.js';
import { LogFile } from './log-file.js';

export type Journal = { write(line: string): void; close(): void };

const KEPT = 3;

/** The master's own events, `…/master.log`: rotated as the logs of the workers are. Never throws. */
export function openJournal(path: string, { rotate }: { readonly rotate: Bytes }): Journal {
  const policy = { rotate, every: null, keep: KEPT, compress: false };
  const file = new LogFile(dirname(path), basename(path, '.log'), policy, new Compressor(), () => {});
  return {
    write: (line) => {
      file.write(new OwnChunk(Buffer.from(`${line}\n`)), false);
    },
    close: () => file.close(),
  };
}
