import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { amount, shortSpan, size, span } from '../../src/cli/units.js';

const it = suite('units');

it('says a length of time with at most two units', () => {
  const spans = [
    0, 340, 4200, 9949, 9950, 27_000, 59_600, 200_000, 3_600_000, 7_500_000, 97_200_000, 864_000_000,
  ];
  assert.equal(spans.map(span), [
    '0 ms',
    '340 ms',
    '4.2 s',
    '9.9 s',
    '10 s',
    '27 s',
    '1 min',
    '3 min 20 s',
    '1 h',
    '2 h 5 min',
    '1 d 3 h',
    '10 d',
  ]);
});

it('shortens it for tables', () => {
  const spans = [0, 400, 4200, 65_000, 200_000, 7_500_000, 97_200_000];
  assert.equal(spans.map(shortSpan), ['0s', '0s', '4s', '1m05s', '3m20s', '2h05m', '1d03h']);
});

it('says sizes in the units of sup.yaml', () => {
  const sizes = [
    0,
    512,
    1024,
    999 * 1024,
    1000 * 1024,
    1.5 * 1024 ** 2,
    45 * 1024 ** 2,
    1.25 * 1024 ** 3,
    5e15,
  ];
  assert.equal(sizes.map(size), ['0B', '512B', '1K', '999K', '1.0M', '1.5M', '45M', '1.3G', '4547T']);
});

it('counts one and many', () => {
  assert.equal(
    [amount(0, 'worker'), amount(1, 'worker'), amount(2, 'worker')],
    ['0 workers', '1 worker', '2 workers'],
  );
});

it.run();
