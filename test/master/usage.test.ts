import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { UsageMeter } from '../../src/master/usage.js';
import { listProcesses, signalGroup } from '../../src/system/processes.js';
import { type Child, spawnChild } from '../../src/system/spawn.js';
import { cleanEnvironment, mortal, until } from '../system/scratch.js';

const it = suite('usage');

function begin(...argv: string[]): Child {
  const stdio = ['ignore', 'ignore', 'ignore'] as const;
  return mortal(spawnChild({ argv, cwd: '/', env: cleanEnvironment(), stdio }));
}
const sh = (script: string): Child => begin('/bin/sh', '-c', script);
const family = (child: Child) => listProcesses().filter(({ session }) => session === child.pid);
const MIB = 1024 * 1024;

it('counts the memory of the whole tree once, also of one that left for another session', async () => {
  const hungry = 'const kept = Buffer.alloc(60 * 1024 * 1024, 1); setInterval(() => kept.length, 1000)';
  const child = begin('/bin/sh', '-c', `setsid "$0" -e '${hungry}' & wait`, process.execPath);
  const meter = new UsageMeter();
  const look = () => meter.look([{ identity: child, spawnedAt: 0 }], 1000).get(child.pid)?.memory ?? 0;
  await until('60 MiB', () => look() > 90 * MIB);
  // Once: with its session leader and its parent both ours, it could be counted twice.
  assert.ok(look() < 170 * MIB, String(look()));
  const outside = listProcesses().find(({ ppid, session }) => ppid === child.pid && session !== child.pid);
  if (outside) signalGroup(mortal(outside), 'SIGKILL');
  signalGroup(child, 'SIGKILL');
});

it('counts the time of children, per cent since the last look', async () => {
  const child = sh('(while :; do :; done) & wait');
  const lives = [{ identity: child, spawnedAt: 0 }];
  const meter = new UsageMeter();
  const ticks = () => family(child).reduce((sum, process) => sum + process.ticks, 0);
  await until('20 ticks', () => ticks() >= 20);
  const first = meter.look(lives, 10_000).get(child.pid);
  assert.ok((first?.cpu ?? 0) > 0);
  await until('30 more', () => ticks() >= 60);
  // By this clock only 100 ms went by: far more than the average over its life.
  const second = meter.look(lives, 10_100).get(child.pid);
  assert.ok((second?.cpu ?? 0) > 10 * (first?.cpu ?? 0), `${first?.cpu} ${second?.cpu}`);
  signalGroup(child, 'SIGKILL');
});

it('knows nothing of a process that is gone, and no rate over no time', async () => {
  const gone = sh('exit 0');
  let over = false;
  gone.onExit(() => (over = true));
  await until('its end', () => over);
  const here = sh('exec sleep 600');
  const lives = [
    { identity: gone, spawnedAt: 0 },
    { identity: here, spawnedAt: 1000 },
  ];
  const meter = new UsageMeter();
  // The kernel counts the pages of a fresh process with a delay.
  await until('its memory', () => (meter.look(lives, 1000).get(here.pid)?.memory ?? 0) > 0);
  const usages = meter.look(lives, 1000);
  assert.equal(usages.get(gone.pid), { cpu: null, memory: null });
  assert.is(usages.get(here.pid)?.cpu, null);
  signalGroup(here, 'SIGKILL');
});

it.run();
