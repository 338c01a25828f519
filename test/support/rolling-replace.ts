import * as assert from 'uvu/assert';
import { endAll, type Held, holdPort, type Program, startWorker, type Worker } from './held-server.js';
import { type LoadOptions, type LoadResult, startLoad } from './load-client.js';

export type Rolling = {
  readonly program: Program;
  /** What a worker prints when it serves. */
  readonly serves: RegExp;
  readonly replaces: number;
  readonly loads: readonly Omit<LoadOptions, 'port'>[];
  readonly workers?: number;
};

/** Replaces the workers of one socket under load, the new one first, each time the oldest; no request may fail. */
export async function provesRollingReplace({ workers: count = 2, ...rolling }: Rolling): Promise<void> {
  const held = holdPort();
  const started: Worker[] = [];
  const begin = async (): Promise<void> => {
    const worker = startWorker([held], rolling.program);
    started.push(worker);
    await worker.says(rolling.serves);
  };
  try {
    for (let each = 0; each < count; each++) await begin();
    const results = await underLoad(held, rolling.loads, async () => {
      for (let each = 0; each < rolling.replaces; each++) {
        await begin();
        await endGracefully(started[each]);
      }
    });
    judge(results, rolling.replaces + count);
  } finally {
    await endAll(started);
    held.close();
  }
}

async function underLoad(
  held: Held,
  loads: Rolling['loads'],
  act: () => Promise<void>,
): Promise<LoadResult[]> {
  const running = loads.map((load) => startLoad({ ...load, port: held.port }));
  try {
    await act();
  } finally {
    await Promise.all(running.map((load) => load.stop()));
  }
  return Promise.all(running.map((load) => load.done));
}

async function endGracefully(worker: Worker | undefined): Promise<void> {
  worker?.signal('SIGTERM', 'tree');
  assert.equal(await worker?.ended, { code: 0, signal: null }, worker?.output());
}

function judge(results: readonly LoadResult[], lives: number): void {
  const sent = results.reduce((sum, result) => sum + result.sent, 0);
  assert.equal(results.flatMap(({ failed }) => failed).slice(0, 20), [], `of ${sent} requests`);
  const pids = new Set(results.flatMap(({ byPid }) => [...byPid.keys()]));
  assert.ok(pids.size > lives / 2, `${sent} requests, ${pids.size} of ${lives} lives answered`);
}
