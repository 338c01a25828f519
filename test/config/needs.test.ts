import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { circles } from '../../src/config/needs.js';

const it = suite('needs');
const circlesIn = (needs: Readonly<Record<string, readonly string[]>>) =>
  circles(new Map(Object.entries(needs)));

it('finds no circle where there is none', () => {
  assert.equal(circlesIn({ a: ['b', 'c'], b: ['d'], c: ['d'], d: [], e: ['nowhere'] }), []);
});

it('names a circle once, from the first in the file, by the shortest way', () => {
  assert.equal(circlesIn({ x: ['a'], a: ['b'], b: ['c', 'a'], c: ['a'] }), [
    ['a', 'b', 'a'],
    ['c', 'a', 'b', 'c'],
  ]);
  assert.equal(circlesIn({ a: ['b'], b: ['a'], c: ['d'], d: ['c'] }), [
    ['a', 'b', 'a'],
    ['c', 'd', 'c'],
  ]);
});

it('is quick where many ways lead on', () => {
  const names = Array.from({ length: 300 }, (_, at) => `n${at}`);
  const layered = Object.fromEntries(names.map((name, at) => [name, names.slice(at + 1)]));
  assert.equal(circlesIn(layered), []);
});

it.run();
