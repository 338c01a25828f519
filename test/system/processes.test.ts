import { once } from 'node:events';
import { readdirSync } from 'node:fs';
import * as net from 'node:net';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import * as processes from '../../src/system/processes.js';
import { type Child, spawnChild } from '../../src/system/spawn.js';
import { mortal, nextLine, start, until } from './scratch.js';

const it = suite('processes');
const env = { PATH: process.env.PATH ?? '' };

const program = (...argv: string[]): Child =>
  mortal(spawnChild({ argv, cwd: '/', env, stdio: ['ignore', 'ignore', 2] }));
const shell = (script: string): Child => program('/bin/sh', '-c', script);
const membersOf = (pgrp: number) =>
  processes.listProcesses().filter((one) => one.pgrp === pgrp && one.state !== 'Z');
const own = { pid: process.pid, startTime: processes.startTime(process.pid) ?? '' };

it('signals the process that it knows, until that is gone', async () => {
  const child = shell('exec sleep 60');
  assert.ok(processes.isAlive(child));
  assert.is(processes.sendSignal(child, 'SIGTERM'), true);
  const ending = await new Promise((done) => child.onExit(done));
  assert.equal(ending, { signal: 'SIGTERM' });
  assert.not.ok(processes.isAlive(child));
  assert.is(processes.sendSignal(child, 'SIGTERM'), false);
  assert.is(processes.signalGroup(child, 'SIGTERM'), false);
});

it('never signals a process that got the pid of another', async () => {
  const child = shell('exec sleep 60');
  const recycled = { pid: child.pid, startTime: String(Number(child.startTime) - 1) };
  assert.is(processes.isAlive(recycled), false);
  assert.is(processes.sendSignal(recycled, 'SIGKILL'), false);
  assert.is(processes.signalGroup(recycled, 'SIGKILL'), false);
  assert.is(processes.groupExists(recycled), false);
  assert.ok(processes.isAlive(child));
  processes.sendSignal(child, 'SIGKILL');
});

it('refuses 0, 1, negative pids, itself, and what is no pid', () => {
  const one = processes.startTime(1) ?? '';
  for (const pid of [0, 1, -1, -own.pid, Number.NaN, 1.5]) {
    assert.is(processes.sendSignal({ pid, startTime: one }, 'SIGCONT'), false, `pid ${pid}`);
    assert.is(processes.signalGroup({ pid, startTime: one }, 'SIGCONT'), false, `group ${pid}`);
    assert.is(processes.groupExists({ pid, startTime: one }), false, `exists ${pid}`);
  }
  assert.is(processes.sendSignal(own, 'SIGCONT'), false);
  assert.is(processes.signalGroup(own, 'SIGCONT'), false);
});

it('refuses its own group, also where another process leads it', () => {
  const group = processes.listProcesses().find(({ pid }) => pid === process.pid)?.pgrp ?? 0;
  const leader = { pid: group, startTime: processes.startTime(group) ?? '' };
  assert.is(processes.signalGroup(leader, 'SIGCONT'), false);
});

it('throws for a signal that does not exist', () => {
  const child = shell('exec sleep 60');
  assert.throws(() => processes.sendSignal(child, 'SIGNONE'), /SIGNONE/);
  processes.sendSignal(child, 'SIGKILL');
});

it('signals a whole group, also when its leader is gone', async () => {
  const child = shell('sleep 60 & sleep 60 & exit 0');
  await new Promise((done) => child.onExit(done));
  assert.is(processes.startTime(child.pid), null);
  assert.is(processes.groupExists(child), true);
  assert.is(membersOf(child.pid).length, 2);
  assert.is(processes.signalGroup(child, 'SIGKILL'), true);
  await until('its end', () => !processes.groupExists(child));
  assert.is(membersOf(child.pid).length, 0);
});

it('tells once when a process ends that is no child', async () => {
  const parent = start('/bin/sh', ['-c', 'sleep 60 & echo $!; wait; read forever']);
  const pid = Number(await nextLine(parent));
  const id = { pid, startTime: processes.startTime(pid) ?? '' };
  let calls = 0;
  processes.watchExit(id, () => calls++);
  const closed = processes.watchExit(id, () => assert.unreachable());
  closed.close();
  assert.ok(processes.isAlive(id));
  processes.sendSignal(id, 'SIGKILL');
  await until('the word', () => calls === 1);
  assert.not.ok(processes.isAlive(id));
  processes.watchExit(id, () => calls++);
  await until('the word on a dead one', () => calls === 2);
  parent.kill('SIGKILL');
});

it('does not leave descriptors open', async () => {
  const child = shell('exec sleep 60');
  const before = descriptors();
  processes.watchExit(child, () => {}).close();
  processes.sendSignal(child, 'SIGCONT');
  await until('the same number', () => descriptors() === before);
  processes.sendSignal(child, 'SIGKILL');
});

const descriptors = () => readdirSync('/proc/self/fd').length;

it('lists what runs, names with blanks and parentheses included', async () => {
  const child = program(process.execPath, '-e', `process.title = 'a) (b'; setInterval(() => {}, 1000)`);
  const seen = await until('its name', () =>
    processes.listProcesses().find(({ pid, comm }) => pid === child.pid && comm === 'a) (b'),
  );
  assert.is(seen.ppid, process.pid);
  assert.equal([seen.pgrp, seen.session, seen.startTime], [child.pid, child.pid, child.startTime]);
  assert.ok(seen.rssBytes > 5_000_000 && seen.rssBytes < 500_000_000);
  assert.ok(seen.ticks >= 0 && seen.ticks < 60 * processes.ticksPerSecond);
  processes.sendSignal(child, 'SIGKILL');
});

it('finds descendants by parent and by session', async () => {
  const child = shell('sh -c "sleep 61 & sleep 61"; true & (sleep 62 &) ; sleep 63');
  const below = await until('all of them', () => {
    const found = processes.descendants(child.pid, processes.listProcesses());
    return found.filter(({ comm }) => comm === 'sleep').length >= 2 && found;
  });
  assert.ok(below.every(({ session }) => session === child.pid));
  assert.not.ok(below.some(({ pid }) => pid === child.pid));
  processes.signalGroup(child, 'SIGKILL');
});

it('finds one that lost its parent, and one that left the session', () => {
  const one = (pid: number, ppid: number, session: number) => ({
    pid,
    ppid,
    session,
    pgrp: session,
    startTime: '1',
    state: 'S',
    threads: 1,
    ticks: 0,
    rssBytes: 0,
    comm: 'x',
  });
  const all = [
    one(10, 1, 10),
    one(11, 10, 10),
    one(12, 11, 12),
    one(13, 1, 10),
    one(14, 13, 14),
    one(20, 1, 20),
  ];
  const found = processes.descendants(10, all).map(({ pid }) => pid);
  assert.equal(found.sort(), [11, 12, 13, 14]);
});

it('lists the sockets that a process has open', async () => {
  const before = processes.openDescriptors(process.pid)?.size ?? 0;
  const server = net.createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  assert.is(processes.openDescriptors(process.pid)?.size, before + 1);
  server.close();
  assert.is(processes.openDescriptors(2 ** 22 + 1), null);
});

it.run();
