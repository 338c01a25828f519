import type { Peer } from '../peers/peer.js';
import { type Column, rowsOf } from '../report.js';
import { Samples } from '../samples.js';
import { inTurn, type Run, type Scenario } from '../scenario.js';
import { whileRuns } from '../started.js';
import { timeUntil } from '../wait.js';

type Size = { readonly count: number; readonly rounds: number };

const SIZES: readonly Size[] = [
  { count: 1, rounds: 7 },
  { count: 100, rounds: 7 },
  { count: 1_000, rounds: 5 },
];
const QUICK: readonly Size[] = [
  { count: 1, rounds: 1 },
  { count: 100, rounds: 1 },
];

export const start: Scenario = {
  name: 'start',
  measure: async (run) => {
    const sizes = run.quick ? QUICK : SIZES;
    const samples = new Samples(run.say);
    for (const size of sizes) await measureSize(run, size, samples);
    const columns = sizes.map(columnOf);
    const rows = rowsOf(run.peers, columns, (peer, column) => samples.of(peer, column));
    return [{ title: 'Start', about: ABOUT, columns, rows }];
  },
};

const ABOUT =
  'From the start command, with no supervisor running yet, until the last of the workers (`sleep`) has been executed, as seen in /proc.';

const columnOf = ({ count }: Size): Column => ({
  title: count === 1 ? '1 worker' : `${count.toLocaleString('en-US')} workers`,
  unit: 'ms',
  better: 'less',
});

async function measureSize({ peers }: Run, size: Size, samples: Samples): Promise<void> {
  const { title } = columnOf(size);
  for (const peer of inTurn(peers, size.rounds))
    await samples.try(peer.name, title, () => timeOf(peer, size.count));
}

function timeOf(peer: Peer, count: number): Promise<number> {
  const since = performance.now();
  return whileRuns(peer, { count, port: null }, ({ running, sleepers }) => {
    const wait = { since, every: count > 10 ? 10 : 1, within: 60_000 };
    const seen = timeUntil(`${count} sleepers`, () => sleepers.seen().size >= count, wait);
    return Promise.race([seen, failureOf(running.started)]);
  });
}

/** Tells only what went wrong. */
const failureOf = (started: Promise<void>): Promise<never> =>
  started.then(() => new Promise<never>(() => {}));
