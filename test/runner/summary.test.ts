import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { endsInSummary, readSkips, readSummary, skipLine } from './summary.js';

const it = suite('summary');
const END = '\n  Total:     3\n  Passed:    2\n  Skipped:   1\n  Duration:  0.52ms\n\n';

it('reads the numbers that uvu ends with', () => {
  assert.equal(readSummary(` name • ✘   (2 / 3)\n${END}`), { total: 3, passed: 2, skipped: 1 });
});

it('adds up the ends of a file that came to one more than once', () => {
  assert.equal(readSummary(`${END} late • \n${END}`), { total: 6, passed: 4, skipped: 2 });
});

it('reads through what a child wrote in between', () => {
  const torn = '\n  Total:     3warning: slow\n\n  Passed:    2\n  Skipped:   1\n  Duration:  0.52ms\n\n';
  assert.equal(readSummary(torn), { total: 3, passed: 2, skipped: 1 });
});

it('is null without an end, or with half of one', () => {
  assert.is(readSummary(' name • •   (2 / 2)\n'), null);
  assert.is(readSummary('\n  Total:     3\n  Passed:    2'), null);
});

it('sees whether the end is the last that was written', () => {
  assert.ok(endsInSummary(END));
  assert.not(endsInSummary(`${END} another • `));
});

it('reads back the skips that were written', () => {
  const skip = { name: 'says "no": \\n', reason: 'php is not installed: sorry' };
  assert.equal(readSkips(`${skipLine(skip)} name • \n`), [skip]);
});

it.run();
