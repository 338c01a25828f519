import { closeSync, readFileSync, truncateSync, writeFileSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { makeFifo, openForChild, openReader, readInto } from '../../src/system/fifo.js';
import { GrowingFile } from '../../src/system/growing-file.js';
import { growPipe, peekInto } from '../../src/system/pipe.js';
import { scratch } from './scratch.js';

const it = suite('pipe');
const buffer = Buffer.alloc(1024);

function openFifo() {
  const path = join(scratch(), 'fifo');
  makeFifo(path);
  const writer = openForChild(path);
  return { writer, reader: openReader(path) };
}

it('shows what is there without taking it', () => {
  const { writer, reader } = openFifo();
  assert.is(peekInto(reader, buffer), 0);
  writeSync(writer, 'hello');
  for (let times = 0; times < 2; times++)
    assert.is(buffer.subarray(0, peekInto(reader, buffer)).toString(), 'hello');
  assert.is(readInto(reader, buffer), 5);
  assert.is(peekInto(reader, buffer), 0);
  for (const fd of [reader, writer]) closeSync(fd);
});

it('moves bytes behind what a file has', () => {
  const { writer, reader } = openFifo();
  const path = join(scratch(), 'file');
  writeFileSync(path, 'before ');
  const file = new GrowingFile(path);
  writeSync(writer, 'moved, left');
  assert.ok(file.moveFrom(reader, 5));
  file.write(Buffer.from('!\n'));
  assert.is(readFileSync(path, 'utf8'), 'before moved!\n');
  assert.is(file.size, 14);
  assert.is(file.lastByte, 10);
  assert.is(buffer.subarray(0, Number(readInto(reader, buffer))).toString(), ', left');
  file.close();
  for (const fd of [reader, writer]) closeSync(fd);
});

it('sees that a file was cut', () => {
  const path = join(scratch(), 'file');
  const file = new GrowingFile(path);
  file.write(Buffer.from('some text'));
  assert.not(file.isCut);
  truncateSync(path, 4);
  assert.ok(file.isCut);
  file.close();
});

it('grows a pipe, so that its writer need not wait', () => {
  const { writer, reader } = openFifo();
  assert.ok(growPipe(reader, 128 * 1024));
  assert.is(writeSync(writer, Buffer.alloc(128 * 1024)), 128 * 1024);
  for (const fd of [reader, writer]) closeSync(fd);
});

it.run();
