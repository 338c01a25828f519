import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  endAll,
  type Held,
  holdPort,
  type Program,
  startWorker,
  type Worker,
} from '../support/held-server.js';
import { PRELOAD } from '../support/project.js';

/** A folder for programs, a held port, and workers that run with the preload. */
export type Bench = {
  readonly folder: string;
  readonly held: Held;
  /** Writes a program; the answer is its path. */
  write(name: string, text: string): string;
  /** Starts it and waits until it prints `listening`. */
  run(program: Partial<Program>, held?: readonly Held[]): Promise<Worker>;
  /** The same for the text of a program, by node. */
  node(text: string, more?: Partial<Program>): Promise<Worker>;
};

export async function onBench(test: (bench: Bench) => Promise<void>): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'sup-preload-'));
  const held = holdPort();
  const workers: Worker[] = [];
  const write = (name: string, text: string): string => {
    writeFileSync(join(folder, name), text);
    return join(folder, name);
  };
  const run = async (program: Partial<Program>, sockets = [held]): Promise<Worker> => {
    const worker = startWorker(sockets, { command: [], cwd: folder, preload: PRELOAD, ...program });
    workers.push(worker);
    await worker.says(/listening/);
    return worker;
  };
  const node = (text: string, more?: Partial<Program>): Promise<Worker> =>
    run({ command: [process.execPath, write(`${workers.length}.cjs`, text)], ...more });
  try {
    await test({ folder, held, write, run, node });
  } finally {
    await endAll(workers);
    held.close();
    rmSync(folder, { recursive: true, force: true });
  }
}
