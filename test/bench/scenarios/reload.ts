import { freePort } from '../../support/free-port.js';
import { type Column, rowsOf, type Section } from '../report.js';
import { Samples } from '../samples.js';
import { inTurn, type Run, type Scenario } from '../scenario.js';
import { besideEachOther, type Started } from '../started.js';
import { type Traffic, wrk } from '../wrk.js';

type Pace = { readonly rounds: number; readonly steady: number; readonly busy: number };

const FULL: Pace = { rounds: 5, steady: 3, busy: 8 };
const QUICK: Pace = { rounds: 1, steady: 1, busy: 2 };
const WORKERS = 4;
const TRAFFIC: readonly Traffic[] = ['a new connection for each request', 'keep-alive'];

const QUIET: Column = { title: 'without reloads', unit: 'requests/s', better: 'more' };
const BUSY: Column = { title: 'while reloading', unit: 'requests/s', better: 'more' };
const TIME: Column = { title: 'one reload', unit: 'ms', better: 'less' };
const FAILED: Column = { title: 'failed', unit: 'per million requests', better: 'less' };
const COLUMNS = [QUIET, BUSY, TIME, FAILED];

export const reload: Scenario = {
  name: 'reload',
  needs: 'wrk',
  measure: async (run) => {
    const pace = run.quick ? QUICK : FULL;
    const sections: Section[] = [];
    for (const traffic of TRAFFIC) sections.push(await measureTraffic(run, traffic, pace));
    return sections;
  },
};

async function measureTraffic(run: Run, traffic: Traffic, pace: Pace): Promise<Section> {
  const peers = run.peers.filter(({ serves }) => serves);
  const samples = new Samples(run.say);
  const failed = (peer: { name: string }, error: Error) =>
    COLUMNS.forEach(({ title }) => {
      samples.fail(peer.name, title, error);
    });
  const load = async () => ({ count: WORKERS, port: await freePort() });
  await besideEachOther(peers, load, failed, async (all) => {
    for (const one of inTurn(all, pace.rounds))
      await underLoad(one, traffic, pace, samples).catch((error) => failed(one.peer, error));
  });
  const rows = rowsOf(peers, COLUMNS, (peer, column) => samples.of(peer, column));
  return { title: `Reload under load: ${traffic}`, about: aboutOf(pace), columns: COLUMNS, rows };
}

const aboutOf = ({ rounds, steady, busy }: Pace): string =>
  [
    `${WORKERS} Node workers behind one port, and wrk with 50 connections: ${steady} s in peace, then ${busy} s in which`,
    `one reload follows the other; ${rounds} time${rounds === 1 ? '' : 's'} in turn. The server drains on SIGINT and`,
    "says `ready`, as PM2's guide wants it; for sup, which holds the socket, it does nothing by itself.",
    'The floor are four bare processes on one shared socket. supervisord has no reload.',
  ].join(' ');

async function underLoad(one: Started, traffic: Traffic, pace: Pace, samples: Samples): Promise<void> {
  const { peer, place, load, running } = one;
  const port = load.port ?? 0;
  const quiet = await wrk(place, port, traffic, pace.steady);
  samples.add(peer.name, QUIET.title, quiet.perSecond);
  if (!running.reload) return;
  const [busy, times] = await Promise.all([wrk(place, port, traffic, pace.busy), reloadFor(one, pace.busy)]);
  samples.add(peer.name, BUSY.title, busy.perSecond);
  for (const time of times) samples.add(peer.name, TIME.title, time);
  samples.add(peer.name, FAILED.title, (busy.failed / Math.max(1, busy.requests)) * 1e6);
}

/** How long each took; the last one may end after the load does. */
async function reloadFor({ place, running }: Started, seconds: number): Promise<number[]> {
  const end = performance.now() + seconds * 1_000;
  const times: number[] = [];
  while (performance.now() < end && running.reload) {
    const since = performance.now();
    await place.run(running.reload);
    times.push(performance.now() - since);
  }
  return times;
}
