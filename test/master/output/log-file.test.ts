import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import type { LogPolicy } from '../../../src/config/app.js';
import { OwnChunk } from '../../../src/master/output/chunk.js';
import { Compressor } from '../../../src/master/output/compressor.js';
import { LogFile } from '../../../src/master/output/log-file.js';
import type { Loss } from '../../../src/master/output/losses.js';
import { eventually } from '../../support/eventually.js';
import { mountSmall, POLICY, scratch, textOf, textsOf, unmount } from './rig.js';

const it = suite('log file');

function openFile(folder: string, policy: Partial<LogPolicy> = {}) {
  const losses: Loss[] = [];
  const file = new LogFile(folder, 'web.0', { ...POLICY, ...policy }, new Compressor(), (loss) =>
    losses.push(loss),
  );
  const write = (text: string) => file.write(new OwnChunk(Buffer.from(text)), false);
  return { file, write, losses };
}

it('keeps as many old files as it is told to, with their indexes', () => {
  const folder = scratch();
  const { file, write } = openFile(folder, { rotate: 10, keep: 2 });
  for (let i = 0; i < 6; i++) write(`line ${i}..\n`);
  assert.equal(textsOf(folder, 'web.0'), ['line 3..\n', 'line 4..\n', 'line 5..\n']);
  assert.is(readdirSync(folder).length, 6);
  file.policy = { ...POLICY, rotate: 10, keep: 0 };
  write('line 6..\n');
  assert.equal(textsOf(folder, 'web.0'), ['line 6..\n']);
  file.close();
});

it('never overwrites an old file, also when the clock went back', () => {
  const folder = scratch();
  writeFileSync(join(folder, 'web.0.log.20991231T235959.999Z'), 'old\n');
  const { file, write } = openFile(folder, { rotate: 4 });
  for (const text of ['aaa\n', 'bbb\n', 'ccc\n']) write(text);
  assert.equal(textsOf(folder, 'web.0'), ['old\n', 'aaa\n', 'bbb\n', 'ccc\n']);
  file.close();
});

it('rotates a file that is too old', async () => {
  const folder = scratch();
  const { file, write } = openFile(folder, { every: 50 });
  write('old\n');
  await eventually('its age', () => {
    write('new\n');
    return textsOf(folder, 'web.0').length > 1;
  });
  assert.ok(textOf(folder, 'web.0').startsWith('old\nnew\n'));
  file.close();
});

it('compresses what an earlier master left plain, and forgets its half-done work', async () => {
  const folder = scratch();
  writeFileSync(join(folder, 'web.0.log.20200101T000000.000Z'), 'one\n');
  writeFileSync(join(folder, 'web.0.log.20200101T000000.000Z.gz.tmp'), 'broken');
  const { file, write } = openFile(folder, { rotate: 4, compress: true });
  write('two\n');
  write('now\n');
  await eventually(
    'two are compressed',
    () => readdirSync(folder).filter((name) => name.endsWith('.gz')).length === 2,
  );
  await eventually(
    'the plain ones are gone',
    () => readdirSync(folder).filter((name) => /Z$|tmp$/.test(name)).length === 0,
  );
  assert.equal(textsOf(folder, 'web.0'), ['one\n', 'two\n', 'now\n']);
  file.close();
});

it('goes on at the end of a file that is there', () => {
  const folder = scratch();
  writeFileSync(join(folder, 'web.0.log'), 'cut off');
  const { file, write, losses } = openFile(folder);
  assert.ok(file.midLine);
  write('fresh\n');
  assert.is(textOf(folder, 'web.0'), 'cut off\nfresh\n');
  assert.equal(losses, []);
  file.close();
});

it('begins a new file when someone moved, removed or emptied it', async () => {
  const folder = scratch();
  const { file, write } = openFile(folder);
  const path = join(folder, 'web.0.log');
  write('first\n');
  renameSync(path, join(folder, 'moved'));
  await eventually('a new file', () => write('x\n') && existsSync(path));
  rmSync(folder, { recursive: true });
  await eventually('a new folder', () => write('y\n') && existsSync(path));
  writeFileSync(path, '');
  await eventually(
    'a new index',
    () => write('z\n') && readFileSync(`${path}.idx`, 'utf8').split('\n').length === 3,
  );
  assert.match(readFileSync(path, 'utf8'), /^(z\n)+$/);
  file.close();
});

it('counts what it cannot write, tells it once a second, and recovers', async () => {
  const folder = join(scratch(), 'logs');
  writeFileSync(folder, 'a file where the folder should be');
  const { file, write, losses } = openFile(folder);
  assert.not(write('12345\n'));
  assert.equal(losses, [{ worker: 'web.0', bytes: 6, code: 'EEXIST' }]);
  assert.not(write('1\n'));
  assert.not(write('2\n'));
  assert.is(losses.length, 1);
  await eventually('the sum', () => losses.length === 2);
  assert.is(losses[1]?.bytes, 4);
  rmSync(folder);
  mkdirSync(folder);
  assert.ok(write('back\n'));
  assert.is(textOf(folder, 'web.0'), 'back\n');
  file.close();
});

it('keeps whole lines when the disk is full, and goes on when there is space', async () => {
  const folder = scratch();
  if (!mountSmall(folder)) return console.log('skipped: a small tmpfs needs root');
  const { file, write, losses } = openFile(folder);
  try {
    const other = join(folder, 'other');
    writeFileSync(other, 'o'.repeat(20_000));
    const line = `${'x'.repeat(999)}\n`;
    for (let i = 0; i < 100; i++) write(line);
    assert.is(losses[0]?.code, 'ENOSPC');
    const lost = () => losses.reduce((sum, { bytes }) => sum + bytes, 0);
    await eventually('a count of all', () => textOf(folder, 'web.0').length + lost() === 100_000);
    rmSync(other);
    assert.ok(write('back\n'));
    const lines = textOf(folder, 'web.0').split('\n');
    assert.equal(lines.splice(-2), ['back', '']);
    assert.match(lines.pop() ?? '', /^x+$/, 'the line that was cut, and ended');
    assert.ok(lines.every((text) => text === 'x'.repeat(999)));
  } finally {
    file.close();
    unmount(folder);
  }
});

it.run();
