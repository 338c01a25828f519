import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { parseSize, parseSpan, showSpan } from '../../src/config/units.js';

const it = suite('units');

it('reads durations', () => {
  const spans = { '0s': 0, '500ms': 500, '10s': 10_000, '1.5m': 90_000, '2h': 7_200_000, '1d': 86_400_000 };
  for (const [text, span] of Object.entries(spans)) assert.is(parseSpan(text), span, text);
  for (const text of ['', '10', 's', '-1s', '1 s', '1w', '1s2', '.5s', `${'9'.repeat(30)}d`])
    assert.is(parseSpan(text), null, text);
});

it('reads sizes', () => {
  const sizes = { '0': 0, '100': 100, '64K': 65_536, '1.5M': 1_572_864, '2GB': 2 ** 31, '1TiB': 2 ** 40 };
  for (const [text, size] of Object.entries(sizes)) assert.is(parseSize(text), size, text);
  for (const text of ['', 'M', '-1', '1k', '1 M', '1P', '1Mi']) assert.is(parseSize(text), null, text);
});

it('shows durations in the largest unit that keeps them whole', () => {
  assert.equal([0, 1, 1000, 1500, 90_000, 3_600_000, 86_400_000].map(showSpan), [
    '0s',
    '1ms',
    '1s',
    '1500ms',
    '90s',
    '1h',
    '1d',
  ]);
});

it.run();
