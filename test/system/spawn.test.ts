import { chmodSync, closeSync, openSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { startTime } from '../../src/system/processes.js';
import { type Child, type Exit, type Launch, runCommand, spawnChild } from '../../src/system/spawn.js';
import { cleanEnvironment, scratch, until } from './scratch.js';

const it = suite('spawn');
const folder = scratch();
const env = { PATH: process.env.PATH ?? '' };

const exitOf = (child: Child): Promise<Exit> => new Promise((done) => child.onExit(done));

/** What a shell script writes to its standard output. */
async function outputOf(script: string, more: Partial<Launch> = {}): Promise<string> {
  const path = join(folder, 'output');
  const fd = openSync(path, 'w');
  const stdio = [...(more.stdio ?? ['ignore'])];
  stdio[1] = fd;
  stdio[2] ??= 2;
  const child = spawnChild({ argv: ['/bin/sh', '-c', script], cwd: '/', env, ...more, stdio });
  closeSync(fd);
  await exitOf(child);
  return readFileSync(path, 'utf8').trim();
}

it('tells the code, or the signal, that ended a child', async () => {
  const launch = { cwd: '/', env, stdio: [] };
  assert.equal(await exitOf(spawnChild({ ...launch, argv: ['sh', '-c', 'exit 3'] })), { code: 3 });
  assert.equal(await exitOf(spawnChild({ ...launch, argv: ['sh', '-c', 'kill -9 $$'] })), {
    signal: 'SIGKILL',
  });
});

it('knows the start time of a child at once', async () => {
  const child = spawnChild({ argv: ['sleep', '0.2'], cwd: '/', env, stdio: [] });
  assert.is(child.startTime, startTime(child.pid));
  assert.match(child.startTime, /^\d+$/);
  await exitOf(child);
});

it('gives a child a session of its own, its folder, its environment and its umask', async () => {
  const umask = process.umask();
  const script = 'cut -d " " -f 1,5,6 /proc/$$/stat; pwd; echo $WORD; umask';
  const output = await outputOf(script, { cwd: folder, env: { ...env, WORD: 'two words' }, umask: 0o27 });
  const [ids = '', ...rest] = output.split('\n');
  const [pid, pgrp, session] = ids.split(' ');
  assert.equal([pgrp, session], [pid, pid]);
  assert.equal(rest, [folder, 'two words', '0027']);
  assert.is(process.umask(), umask);
});

it('gives a child exactly the descriptors that were asked for', async () => {
  const stdio: Launch['stdio'][number][] = ['ignore'];
  const extra = openSync(join(folder, 'extra'), 'w');
  stdio[3] = extra;
  stdio[100] = extra;
  const open = await outputOf('exec ls /proc/self/fd', { stdio });
  closeSync(extra);
  const listing = '4';
  assert.equal(open.split('\n').sort(), ['0', '1', '100', '2', '3', listing].sort());
});

it('starts a child with every signal at its default, and none blocked', async () => {
  const lines = await outputOf(`grep -E '^Sig(Ign|Blk)' /proc/self/status`);
  assert.equal(lines.match(/[0-9a-f]{16}/g), ['0000000000000000', '0000000000000000']);
});

it('finds a program on the PATH of the child', async () => {
  writeFileSync(join(folder, 'only-here'), '#!/bin/sh\necho found\n');
  chmodSync(join(folder, 'only-here'), 0o755);
  const found = spawnChild({ argv: ['only-here'], cwd: '/', env: { PATH: folder }, stdio: [] });
  assert.equal(await exitOf(found), { code: 0 });
});

it('throws with a code when it cannot run something', () => {
  const code = (argv: string[], cwd = '/') => {
    try {
      spawnChild({ argv, cwd, env, stdio: [] });
      return 'it ran';
    } catch (error) {
      return (error as NodeJS.ErrnoException).code;
    }
  };
  assert.is(code([join(folder, 'absent')]), 'ENOENT');
  assert.is(code(['/etc/passwd']), 'EACCES');
  assert.is(code(['/bin/true'], join(folder, 'absent')), 'ENOENT');
  assert.is(code(['/bin/true', 'x'.repeat(200_000)]), 'E2BIG');
});

it('talks with a Node child', async () => {
  const script = `process.send('ready'); process.once('disconnect', () => process.exit(7));`;
  const child = spawnChild({
    argv: [process.execPath, '-e', script],
    cwd: '/',
    env: cleanEnvironment(),
    stdio: ['ignore', 2, 2, 'ipc'],
  });
  const message = await new Promise((done) => child.onMessage(done));
  assert.is(message, 'ready');
  child.disconnect();
  child.disconnect();
  assert.equal(await exitOf(child), { code: 7 });
});

it('starts a hundred children without much ado', async () => {
  const launch = { argv: ['/bin/true'], cwd: '/', env, stdio: [] };
  let ended = 0;
  for (let count = 0; count < 100; count++) spawnChild(launch).onExit(() => void ended++);
  await until('their ends', () => ended === 100);
});

it('runs a tool to its end', async () => {
  const result = await runCommand(['sh', '-c', 'echo out; echo err >&2; echo "$WORD"; exit 4'], {
    env: { ...env, WORD: 'w' },
  });
  assert.equal(result, { code: 4, signal: null, stdout: 'out\nw\n', stderr: 'err\n', timedOut: false });
});

it('ends a tool that takes too long', async () => {
  const result = await runCommand(['sleep', '60'], { timeout: 50 });
  assert.is(result.timedOut, true);
  assert.is(result.code, null);
});

it('says why a tool cannot run, without an exception', async () => {
  const result = await runCommand([join(folder, 'absent')]);
  assert.is(result.code, null);
  assert.match(result.stderr, /ENOENT/);
});

it.run();
