import { appendFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { gzipSync } from 'node:zlib';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { followLogs } from '../../src/logs/follow-logs.js';
import { stampOf } from '../../src/logs/log-names.js';
import type { LogQuery } from '../../src/logs/read-logs.js';
import { eventually } from '../support/eventually.js';
import { ask, logFolder, writeLog } from './folder.js';

const it = suite('follow logs');
const T = 1_800_000_000_000;

function follow(folder: string, query: Partial<LogQuery> = {}) {
  const stop = new AbortController();
  const seen: string[] = [];
  const ended = (async () => {
    for await (const { worker, line } of followLogs(ask(folder, query), stop.signal))
      seen.push(`${worker} ${line}`);
  })();
  const end = async () => {
    stop.abort();
    await ended;
  };
  const until = (last: string) =>
    eventually(
      () => `${last}, but ${seen.slice(-3)}`,
      () => seen.at(-1) === last,
    );
  return { seen, end, until };
}

const append = (folder: string, worker: string, text: string) =>
  appendFileSync(join(folder, `${worker}.log`), text);

let stamps = 0;

/** As the master does it; `work` comes between the rename and the new file. */
function rotate(folder: string, worker: string, work: (old: string) => void = () => {}): void {
  const old = join(folder, `${worker}.log.${stampOf(T + ++stamps)}`);
  renameSync(join(folder, `${worker}.log`), old);
  work(old);
}

it('gives the end of what is there, then what is added', async () => {
  const folder = logFolder();
  writeLog(folder, 'web.0', {
    lines: [
      [T, 'a'],
      [T, 'b'],
    ],
  });
  const { seen, end, until } = follow(folder, { lines: 1 });
  await until('web.0 b');
  append(folder, 'web.0', 'c\nhal');
  await until('web.0 c');
  append(folder, 'web.0', 'f\n');
  await until('web.0 half');
  assert.equal(seen, ['web.0 b', 'web.0 c', 'web.0 half']);
  await end();
});

it('gives half a line only when it is whole', async () => {
  const folder = logFolder();
  append(folder, 'web.0', 'a\nhal');
  const { seen, end, until } = follow(folder);
  await until('web.0 a');
  append(folder, 'web.0', 'f\n');
  await until('web.0 half');
  assert.is(seen.length, 2);
  await end();
});

it('misses and doubles nothing over many rotations between two looks', async () => {
  const folder = logFolder();
  append(folder, 'web.0', 'start\n');
  const { seen, end, until } = follow(folder);
  await until('web.0 start');
  const written = ['start'];
  for (let i = 0; i < 400; i++) {
    append(folder, 'web.0', `${i}\n`);
    written.push(String(i));
    if (i % 3 === 0) rotate(folder, 'web.0');
    if (i % 20 === 0) await sleep(10);
  }
  append(folder, 'web.0', 'end\n');
  await until('web.0 end');
  assert.equal(
    seen,
    [...written, 'end'].map((line) => `web.0 ${line}`),
  );
  await end();
});

it('knows the file that it was reading when that has been compressed', async () => {
  const folder = logFolder();
  writeLog(folder, 'web.0', { lines: [[T, 'a']] });
  const { seen, end, until } = follow(folder);
  await until('web.0 a');
  append(folder, 'web.0', 'b\n');
  rotate(folder, 'web.0', (old) => {
    renameSync(join(folder, 'web.0.log.idx'), `${old}.idx`);
    writeFileSync(`${old}.gz`, gzipSync('a\nb\n'));
    rmSync(old);
  });
  append(folder, 'web.0', 'c\n');
  rotate(folder, 'web.0', (old) => {
    writeFileSync(`${old}.gz`, gzipSync('c\n'));
    rmSync(old);
  });
  append(folder, 'web.0', 'd\n');
  await until('web.0 d');
  assert.equal(
    seen,
    ['a', 'b', 'c', 'd'].map((line) => `web.0 ${line}`),
  );
  await end();
});

it('goes on when the old file was removed, and when it was emptied', async () => {
  const folder = logFolder();
  append(folder, 'web.0', 'a\n');
  const { seen, end, until } = follow(folder);
  await until('web.0 a');
  append(folder, 'web.0', 'b\n');
  rmSync(join(folder, 'web.0.log'));
  append(folder, 'web.0', 'c long line\n');
  await until('web.0 c long line');
  writeFileSync(join(folder, 'web.0.log'), 'd\n');
  await until('web.0 d');
  assert.equal(seen, ['web.0 a', 'web.0 b', 'web.0 c long line', 'web.0 d']);
  await end();
});

it('takes up new workers, and those only that were named', async () => {
  const folder = logFolder();
  const { seen, end, until } = follow(folder, { names: ['web'], grep: /o/ });
  await sleep(50);
  append(folder, 'api.0', 'no one\n');
  append(folder, 'web.0', 'one\nthree\n');
  await until('web.0 one');
  append(folder, 'web.1', 'two\n');
  await until('web.1 two');
  assert.is(seen.length, 2);
  await end();
});

it.run();
