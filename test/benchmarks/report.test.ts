import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { median, spread } from '../bench/median.js';
import { type Column, number, type Row, sectionText, verdict } from '../bench/report.js';

const it = suite('report');

const TIME: Column = { title: 'time', unit: 'ms', better: 'less' };
const RATE: Column = { title: 'rate', unit: '1/s', better: 'more' };

const section = (columns: readonly Column[], ...rows: readonly Row[]) => ({
  title: 'It',
  about: 'What.',
  columns,
  rows,
});

it('gives medians, spreads and factors to the floor', () => {
  const rows = [
    { peer: 'sup', cells: [[4, 2, 9]] },
    { peer: 'floor', cells: [[2, 2]] },
  ];
  const lines = sectionText(section([TIME], ...rows)).split('\n');
  assert.is(lines[0], '## It');
  assert.ok(lines.includes('| **sup** | 4 (2–9), 2× |'));
  assert.ok(lines.includes('| floor | 2, 1× |'));
});

it('takes the best for the whole where no floor was measured', () => {
  const rows = [
    { peer: 'sup', cells: [[50]] },
    { peer: 'PM2', cells: [[100]] },
    { peer: 'floor', cells: ['–'] },
  ];
  const text = sectionText(section([RATE], ...rows));
  assert.ok(text.includes('| **sup** | 50, 0.5× |'));
  assert.ok(text.includes('| PM2 | 100, 1× |'));
});

it('says where sup is not first, and the floor is no rival', () => {
  const rows = [
    { peer: 'sup', cells: [[3], [30]] },
    { peer: 'PM2', cells: [[9], [1_234]] },
    { peer: 'floor', cells: [[1], [9_999]] },
  ];
  assert.is(verdict(section([TIME, RATE], ...rows)), 'sup is **not first** in rate: PM2 1,234, sup 30 1/s.');
  assert.is(verdict(section([TIME], ...rows)), 'sup is first.');
});

it('claims nothing where sup failed or was alone', () => {
  const failed = section([TIME], { peer: 'sup', cells: ['failed'] }, { peer: 'PM2', cells: [[9]] });
  assert.is(verdict(failed), 'sup is **not first** in time, where it was not measured.');
  const alone = section([TIME], { peer: 'sup', cells: [[1]] }, { peer: 'floor', cells: [[1]] });
  assert.is(verdict(alone), 'No peer was there to compare with.');
});

it('takes the tenth and the ninetieth percentile of many, the extremes of few', () => {
  const many = Array.from({ length: 20 }, (_, i) => i + 1);
  assert.equal(spread(many), [3, 18]);
  assert.equal(spread([5, 1, 3]), [1, 5]);
  assert.is(median(many), 10.5);
});

it('writes three digits', () => {
  assert.equal([0.1234, 4.7, 12.345, 1234.5].map(number), ['0.12', '4.7', '12.3', '1,235']);
});

it.run();
