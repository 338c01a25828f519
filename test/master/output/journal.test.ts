import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { openJournal } from '../../../src/master/output/journal.js';
import { scratch, textsOf } from './rig.js';

const it = suite('journal');

it('writes line after line, and rotates', () => {
  const folder = scratch();
  const journal = openJournal(join(folder, 'master.log'), { rotate: 20 });
  for (let i = 0; i < 10; i++) journal.write(`event ${i}`);
  journal.close();
  const texts = textsOf(folder, 'master');
  assert.equal(texts, [
    'event 2\nevent 3\n',
    'event 4\nevent 5\n',
    'event 6\nevent 7\n',
    'event 8\nevent 9\n',
  ]);
});

it('goes on where it ended', () => {
  const folder = scratch();
  writeFileSync(join(folder, 'master.log'), 'before\ncut');
  const journal = openJournal(join(folder, 'master.log'), { rotate: 1000 });
  journal.write('after');
  journal.close();
  assert.is(readFileSync(join(folder, 'master.log'), 'utf8'), 'before\ncut\nafter\n');
});

it('does not throw where it cannot write', () => {
  const folder = scratch();
  writeFileSync(join(folder, 'file'), '');
  const journal = openJournal(join(folder, 'file', 'master.log'), { rotate: 1000 });
  journal.write('lost');
  journal.close();
  assert.equal(readdirSync(folder), ['file']);
});

it.run();
