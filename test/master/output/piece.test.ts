import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { nextPiece } from '../../../src/master/output/piece.js';

const it = suite('piece');
const bytes = (text: string) => Buffer.from(text);

it('is all of it while there is room', () => {
  assert.equal(nextPiece(bytes('ab\ncd'), 5, 10, true), { length: 5, rotate: false });
});

it('ends at the last line end that fits', () => {
  assert.equal(nextPiece(bytes('a\nb\nc\n'), 5, 10, false), { length: 4, rotate: true });
});

it('is nothing when the file is full and its last line finished', () => {
  assert.equal(nextPiece(bytes('abcdef\n'), 5, 10, false), { length: 0, rotate: true });
  assert.equal(nextPiece(bytes('a\n'), 10, 10, false), { length: 0, rotate: true });
});

it('finishes an open line past the limit', () => {
  assert.equal(nextPiece(bytes('abcdef\ngh\n'), 9, 10, true), { length: 7, rotate: true });
  assert.equal(nextPiece(bytes('abcdef\n'), 25, 10, true), { length: 7, rotate: false });
  assert.equal(nextPiece(bytes('abcdef'), 25, 10, true), { length: 6, rotate: false });
});

it('never splits a line that is longer than a file', () => {
  assert.equal(nextPiece(bytes('0123456789abc\nd\n'), 0, 10, false), { length: 14, rotate: true });
  assert.equal(nextPiece(bytes('0123456789abc'), 0, 10, false), { length: 13, rotate: false });
});

it('cuts any text into files of whole lines, and loses nothing', () => {
  const text = Array.from({ length: 200 }, (_, i) => 'x'.repeat((i * 7) % 23)).join('\n');
  for (const step of [1, 3, 10, 64, 1000]) {
    const files = [''];
    for (let at = 0; at < text.length; at += step) {
      for (let rest = bytes(text.slice(at, at + step)); rest.length > 0; ) {
        const file = files.at(-1) ?? '';
        const piece = nextPiece(rest, file.length, 40, file !== '' && !file.endsWith('\n'));
        files[files.length - 1] = file + rest.subarray(0, piece.length).toString();
        rest = rest.subarray(piece.length);
        if (piece.rotate) files.push('');
      }
    }
    assert.is(files.join(''), text);
    for (const file of files.slice(0, -1)) {
      assert.ok(file.endsWith('\n'));
      assert.ok(file.slice(0, -1).lastIndexOf('\n') < 40, 'only its last line is past the limit');
    }
  }
});

it.run();
