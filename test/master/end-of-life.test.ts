import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { EndOfLife } from '../../src/master/end-of-life.js';
import { isAlive, listProcesses, type Process, signalGroup } from '../../src/system/processes.js';
import { spawnChild } from '../../src/system/spawn.js';
import type { Ending } from '../../src/worker/worker.js';
import { cleanEnvironment, mortal, until } from '../system/scratch.js';

const it = suite('end of life');
const UID = process.getuid?.() ?? 0;

function begin(script: string, uid = UID) {
  const argv = ['/bin/sh', '-c', script];
  const stdio = ['ignore', 'ignore', 'ignore'] as const;
  const child = mortal(spawnChild({ argv, cwd: '/', env: cleanEnvironment(), stdio }));
  const endings: Ending[] = [];
  const end = new EndOfLife(child, uid, (ending) => endings.push(ending));
  const group = () => running().filter(({ pgrp }) => pgrp === child.pid);
  const named = (comm: string) => until(comm, () => group().find((p) => p.comm === comm));
  return { child, end, endings, group, named, over: () => until('its end', () => endings[0]) };
}

const running = (): Process[] => listProcesses().filter(({ state }) => state !== 'Z');
/** What happened by then, not what happens in a while. */
const twoTurns = async () => {
  for (let i = 0; i < 2; i++) await new Promise((resolve) => setTimeout(resolve, 120));
};

it('tells how the main process ended, once', async () => {
  const life = begin('exit 3');
  assert.equal(await life.over(), { how: 'code', code: 3 });
  await twoTurns();
  assert.is(life.endings.length, 1);
});

it('kills the rest of the group of a life that ended by itself', async () => {
  const life = begin('sleep 600 & trap "" TERM; sleep 0.1; kill -SEGV $$');
  const straggler = await life.named('sleep');
  const ending = await life.over();
  assert.equal(ending, { how: 'signal', signal: 'SIGSEGV' });
  assert.equal(life.group(), []);
  assert.not(isAlive(straggler));
});

it('gives the rest of the group the time of the stop when one was asked for', async () => {
  // The main process goes at once, its child later.
  const life = begin('(trap "" TERM; exec sleep 600) & exec sleep 601');
  await until('two sleeps', () => life.group().filter(({ comm }) => comm === 'sleep').length === 2);
  life.end.expect();
  signalGroup(life.child, 'SIGTERM');
  await until('the main one to go', () => !isAlive(life.child));
  await twoTurns();
  assert.equal(life.endings, []);
  assert.is(life.group().length, 1);
  signalGroup(life.child, 'SIGKILL');
  assert.equal(await life.over(), { how: 'signal', signal: 'SIGTERM' });
});

it('touches nothing outside of the group', async () => {
  const neighbour = begin('exec sleep 600');
  const life = begin('setsid sleep 602 & sleep 600 & sleep 0.2; exit 1');
  const outsider = await until('a session of its own', () =>
    running().find(
      ({ ppid, comm, pgrp, pid }) => ppid === life.child.pid && comm === 'sleep' && pgrp === pid,
    ),
  );
  mortal(outsider);
  assert.equal(await life.over(), { how: 'code', code: 1 });
  await twoTurns();
  assert.ok(isAlive(outsider));
  assert.ok(isAlive(neighbour.child));
  signalGroup(outsider, 'SIGKILL');
  signalGroup(neighbour.child, 'SIGKILL');
  await neighbour.over();
});

it('lives as long as the process that the program calls its main one', async () => {
  const life = begin('sleep 600 & sleep 0.3; exit 0');
  const sleep = await until('the sleep', () => life.group().find((p) => p.comm === 'sleep'));
  const long = await until('the long one', () => (isAlive(sleep) ? sleep : null));
  life.end.follow(long.pid);
  assert.is(life.end.mainProcess.pid, long.pid);
  await until('the first to go', () => !isAlive(life.child));
  await twoTurns();
  const alive = isAlive(long);
  if (alive) assert.equal(life.endings, []);
  signalGroup(life.child, 'SIGKILL');
  assert.equal(await life.over(), { how: 'unknown' });
  await twoTurns();
  assert.is(life.endings.length, 1);
});

it('follows a main process that is called so twice, and back again, and ends once', async () => {
  const life = begin('sleep 600 & wait');
  const { pid } = await life.named('sleep');
  life.end.follow(pid);
  life.end.follow(pid);
  life.end.follow(life.child.pid);
  assert.is(life.end.mainProcess.pid, life.child.pid);
  signalGroup(life.child, 'SIGKILL');
  await life.over();
  await twoTurns();
  assert.is(life.endings.length, 1);
});

it('follows no process that the program might not signal itself', async () => {
  const own = begin('exec sleep 600');
  const stranger = begin('exec sleep 600', UID + 1_000_000);
  for (const pid of [0, 1, -1, process.pid, 2 ** 22 + 1]) own.end.follow(pid);
  assert.is(own.end.mainProcess.pid, own.child.pid);
  stranger.end.follow(own.child.pid);
  assert.is(stranger.end.mainProcess.pid, stranger.child.pid);
  for (const life of [own, stranger]) {
    signalGroup(life.child, 'SIGKILL');
    await life.over();
  }
});

it.run();
