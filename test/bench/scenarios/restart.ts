import { setTimeout as sleep } from 'node:timers/promises';
import { type Column, rowsOf } from '../report.js';
import { Samples } from '../samples.js';
import { inTurn, type Run, type Scenario } from '../scenario.js';
import { besideEachOther, type Started } from '../started.js';
import { timeUntil } from '../wait.js';

/** Longer than what counts as stable in the settings of the peers. */
const REST = 250;

export const restart: Scenario = {
  name: 'restart',
  measure: async (run) => {
    const kills = run.quick ? 3 : 40;
    const samples = new Samples(run.say);
    await killInTurn(run, kills, samples);
    const rows = rowsOf(run.peers, [COLUMN], (peer, column) => samples.of(peer, column));
    return [{ title: 'Restart after kill -9', about: aboutOf(kills), columns: [COLUMN], rows }];
  },
};

const COLUMN: Column = { title: 'restart', unit: 'ms', better: 'less' };

const aboutOf = (kills: number): string =>
  [
    `${kills} times kill -9 of the one worker (\`sleep\`) of each peer, all peers up and killed in turn:`,
    'from the kill until the next process has been executed, as seen in /proc (looked at every 0.2 ms).',
    'Each life counted as stable when it was killed (sup: `restart.stable: 100ms`), so no back-off is in it.',
  ].join(' ');

function killInTurn({ peers }: Run, kills: number, samples: Samples): Promise<void> {
  const failed = (peer: { name: string }, error: Error) => samples.fail(peer.name, COLUMN.title, error);
  return besideEachOther(
    peers,
    () => ({ count: 1, port: null }),
    failed,
    async (all) => {
      for (const one of inTurn(all, kills))
        await samples.try(one.peer.name, COLUMN.title, async () => {
          await sleep(REST);
          return timeOf(one);
        });
    },
  );
}

async function timeOf({ sleepers }: Started): Promise<number> {
  const [newest] = [...sleepers.seen()].slice(-1);
  const known = sleepers.seen().size;
  if (newest === undefined) throw new Error('its worker is not up');
  const since = performance.now();
  process.kill(Number(newest), 'SIGKILL');
  const wait = { since, every: 0.2, within: 20_000 };
  return timeUntil('the next process', () => sleepers.seen().size > known, wait);
}
