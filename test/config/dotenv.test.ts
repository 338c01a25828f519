import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { parseDotenv } from '../../src/config/dotenv.js';

const it = suite('dotenv');

const VALUES: readonly (readonly [name: string, text: string, values: Readonly<Record<string, string>>])[] = [
  ['plain values', 'A=1\nB_2 = two words \n_c=', { A: '1', B_2: 'two words', _c: '' }],
  ['comments and empty lines', '# A=1\n\n  # x\nB=1 # one\nC=#x\nD=a#b\n', { B: '1', C: '', D: 'a#b' }],
  ['export', 'export A=1\n  export\tB=2', { A: '1', B: '2' }],
  ['single quotes', "A='a # \\n $B'  # x\nB=''", { A: 'a # \\n $B', B: '' }],
  ['double quotes', 'A="a\\n\\t\\"b\\" \\\\ \\$x # y" # z', { A: 'a\n\t"b" \\ $x # y' }],
  ['values of several lines', 'A="one\ntwo\n"\nB=\'x\ny\'\nC=3', { A: 'one\ntwo\n', B: 'x\ny', C: '3' }],
  ['lines of other systems', '\uFEFFA=1\r\nB="2"\r\n', { A: '1', B: '2' }],
  ['the later of two', 'A=1\nA=2', { A: '2' }],
  ['equal signs', 'URL=postgres://a?b=c&d=e', { URL: 'postgres://a?b=c&d=e' }],
  ['nothing', '', {}],
];

for (const [name, text, values] of VALUES) {
  it(`reads ${name}`, () => {
    const read = parseDotenv(text);
    assert.equal([Object.fromEntries(read.values), read.faults], [values, []]);
  });
}

it('names every bad line, and reads the others', () => {
  const read = parseDotenv('A=1\nhello\n1B=2\nC="open\nD=\'x\' y\nE="m\nn"\n-F=1\nG=a\0b');
  assert.equal(read.faults, [
    { line: 2, message: 'expected NAME=value' },
    { line: 3, message: 'expected NAME=value' },
    { line: 4, message: 'C: something follows the closing quote' },
    { line: 5, message: 'D: something follows the closing quote' },
    { line: 8, message: 'expected NAME=value' },
    { line: 9, message: 'G: contains a NUL character' },
  ]);
  assert.equal(
    [...read.values],
    [
      ['A', '1'],
      ['E', 'm\nn'],
    ],
  );
});

it('names a quote that is never closed', () => {
  assert.equal(parseDotenv('A="b\nC=1').faults, [{ line: 1, message: 'A: the quote " is never closed' }]);
  assert.equal(parseDotenv("A='").faults, [{ line: 1, message: "A: the quote ' is never closed" }]);
});

it.run();
