import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { nearest } from '../../src/config/nearest.js';

const it = suite('nearest');
const KEYS = ['command', 'count', 'cwd', 'env', 'envFile', 'listen', 'needs'];

it('knows what was meant', () => {
  const meant = {
    cuont: 'count',
    Count: 'count',
    comand: 'command',
    env_file: 'envFile',
    'en-v': 'env',
    cdw: 'cwd',
    lisen: 'listen',
  };
  for (const [word, key] of Object.entries(meant)) assert.is(nearest(word, KEYS), key, word);
});

it('is silent where nothing is near', () => {
  for (const word of ['', 'health', 'schedule', 'x'.repeat(500)]) assert.is(nearest(word, KEYS), null, word);
});

it.run();
