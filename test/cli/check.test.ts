import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { check, explainKey } from '../../src/cli/check.js';
import { scratch } from '../system/scratch.js';

const it = suite('check');

it('sums up a valid config', () => {
  const file = join(scratch(), 'sup.yaml');
  writeFileSync(
    file,
    'name: shop\nworkers:\n  web: { command: sleep 9, count: 4, listen: { http: 3000 }, ready: { http: /up } }\n  job: sleep 8\n',
  );
  const { lines } = check(file);
  assert.is(lines[0], `shop: ${file} is valid, 2 groups`);
  assert.match(lines[3] ?? '', /^web +4 +http :3000\/up +\S*:3000 +sleep 9$/);
  assert.match(lines[4] ?? '', /^job +1 +up for 1 s +sleep 8$/);
});

it('explains a key', () => {
  const { lines } = explainKey('stop.timeout');
  assert.match(
    lines.join('\n'),
    /^\S*stop\.timeout\n {2}\S.*\n {2}takes {4}.+\n {2}default {2}10s\n {2}example /,
  );
});

it.run();
