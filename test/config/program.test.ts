import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { web } from './loaded.js';

const it = suite('program');

it('finds a program by PATH of the env first, and by cwd when it has a slash', () => {
  const files = { 'bin/serve': '#!/bin/sh\n', 'app/run': '#!/bin/sh\n' };
  assert.equal(web(['command: serve', 'env: { PATH: bin }'], files).command, ['serve']);
  assert.equal(web(['command: ./run', 'cwd: app'], files).command, ['./run']);
});

it.run();
