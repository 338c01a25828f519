import { appendFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { readLogs } from '../../src/logs/read-logs.js';
import { ask, logFolder, textsOf, writeLog } from './folder.js';

const it = suite('read logs');
const T = 1_800_000_000_000;

/** Ten seconds apart: web.0 writes a, c, e, g and web.1 b, d, f. */
function twoWorkers(): string {
  const folder = logFolder();
  writeLog(folder, 'web.0', {
    closedAt: T + 20_000,
    gz: true,
    lines: [
      [T, 'a'],
      [T + 20_000, 'c'],
    ],
  });
  writeLog(folder, 'web.0', { closedAt: T + 40_000, lines: [[T + 40_000, 'e']] });
  writeLog(folder, 'web.0', { lines: [[T + 60_000, 'g']] });
  writeLog(folder, 'web.1', {
    lines: [
      [T + 10_000, 'b'],
      [T + 30_000, 'd'],
      [T + 50_000, 'f'],
    ],
  });
  return folder;
}

const read = async (folder: string, query = {}) =>
  (await textsOf(readLogs(ask(folder, query)))).map((line) => line.slice(-1)).join('');

it('merges the workers by time, over rotated and compressed files', async () => {
  assert.equal(await textsOf(readLogs(ask(twoWorkers()))), [
    'web.0 a',
    'web.1 b',
    'web.0 c',
    'web.1 d',
    'web.0 e',
    'web.1 f',
    'web.0 g',
  ]);
});

it('gives the last lines of all together', async () => {
  const folder = twoWorkers();
  for (const lines of [0, 1, 2, 3, 4, 5, 6, 7, 100])
    assert.is(await read(folder, { lines }), 'abcdefg'.slice(Math.max(0, 7 - lines)), `${lines} lines`);
});

it('begins at a time', async () => {
  const folder = twoWorkers();
  assert.is(await read(folder, { since: T + 25_000 }), 'defg');
  assert.is(await read(folder, { since: T + 60_000 }), 'g');
  assert.is(await read(folder, { since: T + 70_000 }), '');
  assert.is(await read(folder, { since: T + 5_000, lines: 2 }), 'fg');
});

it('gives only what matches, and as many of it as were asked for', async () => {
  const folder = twoWorkers();
  assert.is(await read(folder, { grep: /[acg]/ }), 'acg');
  assert.is(await read(folder, { grep: /[acg]/, lines: 2 }), 'cg');
  assert.is(await read(folder, { grep: /[abc]/, lines: 2, since: T + 15_000 }), 'c');
});

it('gives the workers that were named', async () => {
  const folder = twoWorkers();
  writeLog(folder, 'api.0', { lines: [[T, 'x']] });
  assert.is(await read(folder, { names: ['web.1'] }), 'bdf');
  assert.is(await read(folder, { names: ['api'] }), 'x');
  assert.is(await read(folder, { names: ['nobody'] }), '');
});

it('tells when a line was written', async () => {
  const folder = twoWorkers();
  const times = [];
  for await (const { at } of readLogs(ask(folder, { names: ['web.0'] }))) times.push(at);
  assert.equal(times, [T, T + 20_000, T + 40_000, T + 60_000]);
});

it('reads a file without an index, and one that someone else put there', async () => {
  const folder = logFolder();
  writeFileSync(join(folder, 'web.0.log'), 'a\nb\nhalf');
  writeFileSync(join(folder, 'web.0.log.idx'), 'inode 1\n0 5\n99999 6\n');
  assert.equal(await textsOf(readLogs(ask(folder))), ['web.0 a', 'web.0 b', 'web.0 half']);
  assert.equal(await textsOf(readLogs(ask(folder, { lines: 2 }))), ['web.0 b', 'web.0 half']);
});

it('counts a file once that is there plain and compressed', async () => {
  const folder = logFolder();
  writeLog(folder, 'web.0', { closedAt: T, lines: [[T, 'once']] });
  writeLog(folder, 'web.0', { closedAt: T, gz: true, lines: [[T, 'once']] });
  assert.equal(await textsOf(readLogs(ask(folder))), ['web.0 once']);
});

it('finds the last lines of a big file, wherever blocks end', async () => {
  const folder = logFolder();
  const lines = Array.from({ length: 30_000 }, (_, i) => `line ${i} ${'x'.repeat(i % 50)}`);
  writeFileSync(join(folder, 'web.0.log'), `${lines.join('\n')}\n`);
  for (const wanted of [1, 2, 1000, 2345, 29_999, 30_000, 30_001]) {
    const got = await textsOf(readLogs(ask(folder, { lines: wanted })));
    assert.equal(
      got,
      lines.slice(-wanted).map((line) => `web.0 ${line}`),
    );
  }
});

it('reads lines longer than its blocks', async () => {
  const folder = logFolder();
  const long = 'x'.repeat(200_000);
  writeFileSync(join(folder, 'web.0.log'), `a\n${long}\n`);
  appendFileSync(join(folder, 'web.0.log'), 'b\n');
  assert.equal(await textsOf(readLogs(ask(folder, { lines: 2 }))), [`web.0 ${long}`, 'web.0 b']);
});

it('has nothing to say about a folder that is not there', async () => {
  assert.equal(await textsOf(readLogs(ask('/nowhere/at/all'))), []);
});

it.run();
