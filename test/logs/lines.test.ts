import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { Lines } from '../../src/logs/lines.js';

const it = suite('lines');

function cut(chunks: readonly (string | Uint8Array)[], longest?: number): string[] {
  const lines: string[] = [];
  const cutter = new Lines((line) => lines.push(line), longest);
  for (const chunk of chunks) cutter.feed(Buffer.from(chunk));
  cutter.end();
  return lines;
}

it('puts together what came in pieces', () => {
  assert.equal(cut(['a', 'b\n', '\ncd\nef', 'g', 'h']), ['ab', '', 'cd', 'efgh']);
});

it('keeps a character whole that was split', () => {
  const bytes = Buffer.from('grün\n');
  assert.equal(cut([bytes.subarray(0, 3), bytes.subarray(3)]), ['grün']);
});

it('replaces what is no UTF-8, and leaves out carriage returns', () => {
  assert.equal(cut([Buffer.from([0x61, 0xff, 0x62, 0x0d, 0x0a])]), ['a\ufffdb']);
});

it('leaves out the rest of a line that is too long', () => {
  assert.equal(cut(['abcdef', 'ghi\nxy\n0123456789\n'], 4), ['abcd', 'xy', '0123']);
});

it.run();
