import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { gzipFile, openAppender } from '../../src/system/appender.js';
import { scratch } from './scratch.js';

const it = suite('appender');
const path = join(scratch(), 'web.log');

it('goes on where an earlier one ended, and knows the size', () => {
  const first = openAppender(path);
  first.write(Buffer.from('one\n'));
  first.close();
  const second = openAppender(path);
  assert.is(second.size, 4);
  second.write(Buffer.from('two\n'));
  assert.is(second.size, 8);
  second.close();
  assert.is(readFileSync(path, 'utf8'), 'one\ntwo\n');
});

it('is not open to everybody', () => {
  assert.is(statSync(path).mode & 0o007, 0);
});

it('packs a file beside it', async () => {
  await gzipFile(path, `${path}.gz`);
  assert.is(gunzipSync(readFileSync(`${path}.gz`)).toString(), 'one\ntwo\n');
});

it.run();
