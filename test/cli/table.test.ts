import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { painter } from '../../src/cli/colour.js';
import { table } from '../../src/cli/table.js';

const it = suite('table');
const columns = [
  { title: 'NAME', least: 4 },
  { title: 'N', right: true },
  { title: 'X', expendable: 1 },
  { title: 'NOTE', least: 5 },
];
const rows = [
  ['alpha', '7', 'x', 'a long note that goes on'],
  ['b', '123', 'yy', ''],
].map((row) => row.map((text) => ({ text })));
const draw = (width: number) => table(columns, rows, width, painter(false));

it('is as wide as it wants where there is room', () => {
  assert.equal(draw(80), [
    'NAME     N  X   NOTE',
    'alpha    7  x   a long note that goes on',
    'b      123  yy',
  ]);
});

it('cuts the last column first', () => {
  assert.equal(draw(30), ['NAME     N  X   NOTE', 'alpha    7  x   a long note t…', 'b      123  yy']);
});

it('cuts the other columns when the last is at its least', () => {
  assert.equal(draw(20), ['NAME    N  X   NOTE', 'alp…    7  x   a lo…', 'b     123  yy']);
});

it('leaves out what is expendable when cutting is not enough', () => {
  assert.equal(draw(19), ['NAME     N  NOTE', 'alpha    7  a long…', 'b      123']);
});

it('counts columns, not letters or colours', () => {
  const wide = [
    [{ text: '日本', ink: 'red' as const }, { text: 'e\u0301' }],
    [{ text: 'abcd' }, { text: 'f' }],
  ];
  assert.equal(table([{ title: 'A' }, { title: 'B' }], wide, 20, painter(true)).slice(1), [
    '\u001b[31m日本\u001b[0m  e\u0301',
    'abcd  f',
  ]);
});

it.run();
