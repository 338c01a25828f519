import { closeSync, statSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { makeFifo, onReadable, openForChild, openReader, readInto } from '../../src/system/fifo.js';
import { type Child, spawnChild } from '../../src/system/spawn.js';
import { mortal, scratch, until } from './scratch.js';

const it = suite('fifo');
const folder = scratch();
const env = { PATH: process.env.PATH ?? '' };

function writer(path: string, script: string): Child {
  const fd = openForChild(path);
  try {
    return mortal(spawnChild({ argv: ['/bin/sh', '-c', script], cwd: '/', env, stdio: ['ignore', fd, fd] }));
  } finally {
    closeSync(fd);
  }
}

/** Collects until the last writer is gone. */
async function readAll(fd: number): Promise<string> {
  let [text, ended] = ['', false];
  const buffer = Buffer.alloc(65536);
  const poll = onReadable(fd, () => {
    const got = readInto(fd, buffer);
    if (got === 'ended') {
      poll.close();
      ended = true;
    } else if (got !== 'empty') {
      text += buffer.toString('utf8', 0, got);
    }
  });
  await until('the end', () => ended);
  return text;
}

it('is private', () => {
  const path = join(folder, 'private');
  makeFifo(path);
  makeFifo(path);
  assert.ok(statSync(path).isFIFO());
  assert.is(statSync(path).mode & 0o777, 0o600);
});

it('does not replace what is no FIFO', () => {
  assert.throws(() => makeFifo(folder), /EEXIST/);
});

it('keeps what was written after its writer is gone, and then says that it ended', async () => {
  const path = join(folder, 'kept');
  makeFifo(path);
  const reader = openReader(path);
  const child = writer(path, 'echo out; echo err >&2');
  let exited = false;
  child.onExit(() => {
    exited = true;
  });
  await until('its exit', () => exited);
  assert.is(await readAll(reader), 'out\nerr\n');
  closeSync(reader);
});

it('has not ended while one of several writers is left', async () => {
  const path = join(folder, 'several');
  makeFifo(path);
  const reader = openReader(path);
  const last = openForChild(path);
  const child = writer(path, 'echo first');
  let exited = false;
  child.onExit(() => {
    exited = true;
  });
  await until('its exit', () => exited);
  const buffer = Buffer.alloc(100);
  assert.is(readInto(reader, buffer), 6);
  assert.is(readInto(reader, buffer), 'empty');
  writeSync(last, 'second');
  assert.is(readInto(reader, buffer), 6);
  closeSync(last);
  assert.is(readInto(reader, buffer), 'ended');
  closeSync(reader);
});

it('does not break a writer whose reader went away: the next reader gets the rest', async () => {
  const path = join(folder, 'handed-on');
  makeFifo(path);
  const first = openReader(path);
  writer(path, 'i=0; while [ $i -lt 40000 ]; do echo "line $i"; i=$((i+1)); done');
  const buffer = Buffer.alloc(1000);
  const got = await until('the first bytes', () => {
    const count = readInto(first, buffer);
    return typeof count === 'number' && buffer.toString('utf8', 0, count);
  });
  closeSync(first);
  const second = openReader(path);
  const lines = `${got}${await readAll(second)}`.trimEnd().split('\n');
  closeSync(second);
  assert.is(lines.length, 40000);
  assert.ok(lines.every((line, index) => line === `line ${index}`));
});

it('stays non-blocking for its reader when a child has it as its output', async () => {
  const path = join(folder, 'non-blocking');
  makeFifo(path);
  const reader = openReader(path);
  const child = writer(path, 'read nothing; exec sleep 0.3');
  assert.is(readInto(reader, Buffer.alloc(10)), 'empty');
  assert.ok(child.pid > 1);
  assert.is(await readAll(reader), '');
  closeSync(reader);
});

it('is quiet while its poll is stopped', async () => {
  const path = join(folder, 'stopped');
  makeFifo(path);
  const reader = openReader(path);
  const keep = openForChild(path);
  let calls = 0;
  const poll = onReadable(reader, () => {
    calls++;
    poll.stop();
  });
  writeSync(keep, 'x');
  await until('a call', () => calls === 1);
  await new Promise((done) => setTimeout(done, 30));
  assert.is(calls, 1);
  poll.start();
  await until('another call', () => calls === 2);
  poll.close();
  poll.close();
  poll.stop();
  closeSync(keep);
  closeSync(reader);
});

it('lets promises go on, and errors out, from its calls', async () => {
  const path = join(folder, 'promises');
  makeFifo(path);
  const reader = openReader(path);
  const keep = openForChild(path);
  writeSync(keep, 'x');
  await new Promise<void>((done) => {
    const poll = onReadable(reader, () => {
      poll.close();
      done();
    });
  });
  closeSync(keep);
  closeSync(reader);
});

it.run();
