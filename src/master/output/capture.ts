import { join } from 'node:path';
import type { LogPolicy } from '../../config/app.js';
import { listFolder, makeFolder } from '../../system/files.js';
import { Compressor } from './compressor.js';
import type { Listener } from './hearing.js';
import type { Loss } from './losses.js';
import { SlotLog, type Surroundings } from './slot-log.js';

export type { Heard } from './hearing.js';
export type { LifeOutput, NewOutput } from './life.js';
export type { Loss } from './losses.js';
export type { SlotLog } from './slot-log.js';

export type CaptureOptions = {
  readonly stateDir: string;
  readonly logDir: string;
  readonly onLoss: (loss: Loss) => void;
};

/** Everything that the workers write, on its way from their FIFOs into their files. */
export type Capture = {
  /** `web.2`; the one that is open already, if there is one. */
  slot(worker: string, policy: LogPolicy): SlotLog;
  /** The lives whose FIFOs an earlier master left; those not adopted stay as they are. */
  leftovers(): readonly { readonly worker: string; readonly life: number }[];
  /** Every line of every worker, from now on. */
  subscribe(listener: Listener): () => void;
  close(): void;
};

export function openCapture({ stateDir, logDir, onLoss }: CaptureOptions): Capture {
  const fifoFolder = join(stateDir, 'fifo');
  makeFolder(fifoFolder, 0o700);
  const listeners = new Set<Listener>();
  const slots = new Map<string, SlotLog>();
  const around: Surroundings = { fifoFolder, logDir, compressor: new Compressor(), listeners, onLoss };
  return {
    slot: (worker, policy) => {
      const slot = slots.get(worker) ?? new SlotLog(worker, policy, around, () => slots.delete(worker));
      slots.set(worker, slot);
      slot.setPolicy(policy);
      return slot;
    },
    leftovers: () => lifeFifos(fifoFolder),
    subscribe: (listener) => {
      listeners.add(listener);
      return () => {
        listeners.delete(listener);
      };
    },
    close: () => {
      for (const slot of slots.values()) slot.detach();
    },
  };
}

function lifeFifos(folder: string): { worker: string; life: number }[] {
  const found = new Map<string, { worker: string; life: number }>();
  for (const name of listFolder(folder)) {
    const [, worker, life] = /^(.+)-(\d+)\.(?:out|err)$/.exec(name) ?? [];
    if (worker && life) found.set(`${worker}-${life}`, { worker, life: Number(life) });
  }
  return [...found.values()];
}
