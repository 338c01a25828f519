import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { init, initWords, KINDS } from '../../src/cli/init.js';
import { SupError } from '../../src/errors/sup-error.js';
import { packageDir } from '../../src/system/package.js';
import { scratch } from '../system/scratch.js';

const it = suite('init');

it('copies each template whole', () => {
  for (const kind of KINDS) {
    const dir = join(scratch(), 'new', 'app');
    const { files } = init(kind, dir);
    const template = join(packageDir(), 'templates', 'init', kind);
    assert.ok(files.includes('sup.yaml'), kind);
    assert.equal(readdirSync(dir).sort(), readdirSync(template).sort());
    for (const file of files)
      assert.is(readFileSync(join(dir, file), 'utf8'), readFileSync(join(template, file), 'utf8'));
  }
});

it('names all conflicts at once, and writes nothing', () => {
  const dir = scratch();
  const { files } = init('node', dir);
  writeFileSync(join(dir, 'sup.yaml'), 'mine');
  const error = thrown(() => init('node', dir));
  for (const file of files) assert.match(error.message, file);
  assert.is(readFileSync(join(dir, 'sup.yaml'), 'utf8'), 'mine');
});

it('says what to type next', () => {
  const lines = initWords({ kind: 'node', dir: join(process.cwd(), 'hello'), files: ['sup.yaml'] });
  assert.equal(lines, ['wrote hello/sup.yaml', '', 'Next: cd hello && sup check && sup start -d']);
});

function thrown(act: () => unknown): SupError {
  try {
    act();
  } catch (error) {
    if (error instanceof SupError) return error;
    throw error;
  }
  throw new Error('nothing was thrown');
}

it.run();
