import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { indexHead, markLine, offsetSince, parseIndex } from '../../src/logs/time-index.js';

const it = suite('time index');
const index = parseIndex(
  indexHead(77) + markLine({ offset: 0, time: 1000 }) + markLine({ offset: 50, time: 60_000 }),
);

it('reads what it writes', () => {
  assert.equal(index, {
    inode: 77,
    marks: [
      { offset: 0, time: 1000 },
      { offset: 50, time: 60_000 },
    ],
  });
});

it('passes over half a line', () => {
  assert.equal(parseIndex('inode 5\n0 10\n20 3').marks, [{ offset: 0, time: 10 }]);
  assert.equal(parseIndex(''), { inode: null, marks: [] });
});

it('finds where to begin', () => {
  assert.is(offsetSince(index, 0), 0);
  assert.is(offsetSince(index, 1100), 0);
  assert.is(offsetSince(index, 30_000), 50);
  assert.is(offsetSince(index, 60_100), 50);
});

it('knows when a file has nothing of it', () => {
  assert.is(offsetSince(index, 70_000), null);
});

it('begins at the beginning without marks', () => {
  assert.is(offsetSince(parseIndex(''), 5), 0);
});

it.run();
