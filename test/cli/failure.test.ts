import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { painter } from '../../src/cli/colour.js';
import { failureWords, wantsJson } from '../../src/cli/failure.js';
import { EXIT_STATUS, SupError } from '../../src/errors/sup-error.js';
import { packageDir } from '../../src/system/package.js';

const it = suite('failure');
const plain = painter(false);

it('says what is wrong, and what to type next', () => {
  assert.equal(failureWords(new SupError('E_FAILED', 'no', 'try `sup ls`'), plain), [
    'Error: no',
    'Next: try `sup ls`',
  ]);
  assert.equal(failureWords(new SupError('E_FAILED', 'no'), plain), ['Error: no']);
});

it('shows where a fault of our own comes from', () => {
  const [first, second] = failureWords(new TypeError('oops'), plain);
  assert.is(first, 'Error: oops');
  assert.match(second ?? '', /^ +at /);
});

it('takes --json only before --', () => {
  assert.ok(wantsJson(['status', '--json', '--', 'web']));
  assert.not(wantsJson(['status', '--', '--json']));
});

it('has a page with every exit status', () => {
  const page = readFileSync(join(packageDir(), 'docs', 'exit-codes.md'), 'utf8');
  for (const [code, status] of Object.entries(EXIT_STATUS)) assert.match(page, `| ${status} | \`${code}\` |`);
});

it.run();
