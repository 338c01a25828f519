import { setTimeout as sleep } from 'node:timers/promises';
import { anonymousMiB, cpuMs } from '../cost.js';
import { type Column, rowsOf } from '../report.js';
import { Samples } from '../samples.js';
import type { Run, Scenario } from '../scenario.js';
import { allUp, type Started, whileRuns } from '../started.js';

type Pace = { readonly counts: readonly number[]; readonly settle: number; readonly looks: number };

const FULL: Pace = { counts: [100, 1_000], settle: 15_000, looks: 10 };
const QUICK: Pace = { counts: [100], settle: 500, looks: 1 };
const BETWEEN_LOOKS = 1_000;

export const idle: Scenario = {
  name: 'idle',
  measure: async (run) => {
    const pace = run.quick ? QUICK : FULL;
    const samples = new Samples(run.say);
    for (const count of pace.counts) await measureCount(run, count, pace, samples);
    const columns = [...pace.counts.map(memory), ...pace.counts.map(cpu)];
    const rows = rowsOf(run.peers, columns, (peer, column) => samples.of(peer, column));
    return [{ title: 'Idle', about: aboutOf(pace), columns, rows }];
  },
};

const memory = (count: number): Column => ({
  title: `memory at ${count.toLocaleString('en-US')} workers`,
  unit: 'MiB',
  better: 'less',
});

const cpu = (count: number): Column => ({
  title: `CPU at ${count.toLocaleString('en-US')} workers`,
  unit: 'ms/s',
  better: 'less',
});

const aboutOf = ({ settle, looks }: Pace): string =>
  [
    'What the supervisor itself takes while its workers sleep: its private memory (RssAnon), and the CPU time of all',
    `its threads, in milliseconds a second, at ${looks} looks, one each second, ${settle / 1000} s after the start.`,
  ].join(' ');

async function measureCount({ peers }: Run, count: number, pace: Pace, samples: Samples): Promise<void> {
  for (const peer of peers)
    try {
      await whileRuns(peer, { count, port: null }, (one) => watch(one, count, pace, samples));
    } catch (error) {
      samples.fail(peer.name, memory(count).title, error as Error);
      samples.fail(peer.name, cpu(count).title, error as Error);
    }
}

async function watch(one: Started, count: number, { settle, looks }: Pace, samples: Samples): Promise<void> {
  const { peer, running } = one;
  await allUp(one);
  await sleep(settle);
  const pid = running.master();
  for (let look = 0; look < looks; look += 1) {
    samples.add(peer.name, cpu(count).title, await cpuPerSecond(pid));
    samples.add(peer.name, memory(count).title, anonymousMiB(pid));
  }
}

async function cpuPerSecond(pid: number): Promise<number> {
  const [before, since] = [cpuMs(pid), performance.now()];
  await sleep(BETWEEN_LOOKS);
  return ((cpuMs(pid) - before) / (performance.now() - since)) * 1_000;
}
