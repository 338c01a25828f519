import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { splitWords } from '../../src/config/words.js';

const it = suite('words');

const SPLITS: readonly (readonly [line: string, words: readonly string[]])[] = [
  ['node server.js', ['node', 'server.js']],
  ['  a \t b\n  c ', ['a', 'b', 'c']],
  ["a 'b c'd", ['a', 'b cd']],
  ["a \"b 'c'\" '\"'", ['a', "b 'c'", '"']],
  ['a "" \'\'', ['a', '', '']],
  ['a\\ b \\"c\\\' \\\\', ['a b', '"c\'', '\\']],
  ['"a\\"b\\\\c\\n\\$d"', ['a"b\\c\\n$d']],
  ['a\\\nb "c\\\nd"', ['ab', 'cd']],
  ["a '| > && $(x) `y` $HOME'", ['a', '| > && $(x) `y` $HOME']],
  ['a "| ; &"', ['a', '| ; &']],
  ['a \\| \\$HOME', ['a', '|', '$HOME']],
  ['--a=b c=d e', ['--a=b', 'c=d', 'e']],
  ['a $ 5$ *.js ~ #x {y}', ['a', '$', '5$', '*.js', '~', '#x', '{y}']],
  [`a \${B:-c d}e "\${F}"`, ['a', `\${B:-c d}e`, `\${F}`]],
  [`a $\${B} \\\${C} "\\\${D}"`, ['a', `$\${B}`, `$\${C}`, `$\${D}`]],
  [`a \${B`, ['a', `\${B`]],
  ['', []],
];

for (const [line, words] of SPLITS) {
  it(`splits ${JSON.stringify(line)}`, () => assert.equal(splitWords(line), { words }));
}

it('names what needs a shell', () => {
  for (const shell of ['|', '||', '&', '&&', ';', '<', '>', '>>', '(', ')', '`', '$(', '$HOME']) {
    const split = splitWords(`echo ${shell} x`);
    assert.is('message' in split && split.message, `${shell} needs a shell`);
  }
});

it.run();
