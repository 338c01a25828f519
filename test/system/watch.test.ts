import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { watchPaths } from '../../src/system/watch.js';
import { scratch, until } from './scratch.js';

const it = suite('watch');
const folder = scratch();

it('tells of changes below a folder, and not of what was there before', async () => {
  writeFileSync(join(folder, 'old.js'), '');
  mkdirSync(join(folder, 'node_modules', 'dep'), { recursive: true });
  const changed: string[] = [];
  const watch = watchPaths([folder], (path) => changed.push(path));
  let round = 0;
  await until('the first change', () => {
    writeFileSync(join(folder, 'node_modules', 'dep', 'index.js'), String(round));
    writeFileSync(join(folder, 'new.js'), String(round++));
    return changed.length > 0;
  });
  assert.ok(
    changed.every((path) => path === join(folder, 'new.js')),
    changed.join(' '),
  );
  await watch.close();
});

it.run();
