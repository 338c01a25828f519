import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { Tail } from '../../../src/master/output/tail.js';

const it = suite('tail');

function tailOf(limit: number, ...chunks: string[]): readonly string[] {
  const tail = new Tail(limit);
  for (const chunk of chunks) tail.add(Buffer.from(chunk));
  return tail.lines();
}

it('is empty before the first byte', () => {
  assert.equal(tailOf(100), []);
});

it('puts lines together that came in pieces', () => {
  assert.equal(tailOf(100, 'a', 'b\nc', 'd\n', 'half'), ['ab', 'cd', 'half']);
});

it('keeps the last twenty lines', () => {
  const lines = Array.from({ length: 50 }, (_, i) => `line ${i}`);
  assert.equal(tailOf(6000, ...lines.map((line) => `${line}\n`)), lines.slice(30));
});

it('leaves out the line whose beginning it has lost', () => {
  assert.equal(tailOf(10, 'first line\n', 'abc\ndef\n'), ['abc', 'def']);
  assert.equal(tailOf(10, 'first line\nabc\ndef\n'), ['abc', 'def']);
});

it('shows what it has of a line that is longer than all it keeps', () => {
  assert.equal(tailOf(10, 'x'.repeat(100), 'yz'), ['xxxxxxxxyz']);
});

it('cuts every line to 500 characters', () => {
  assert.equal(tailOf(6000, `${'x'.repeat(2000)}\nshort\n`), ['x'.repeat(500), 'short']);
});

it.run();
