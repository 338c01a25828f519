import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { SupError } from '../../src/errors/sup-error.js';
import { choose } from '../../src/master/names.js';

const it = suite('names');
const COUNTS = new Map([
  ['web', 3],
  ['worker', 1],
  ['off', 0],
]);

const chosen = (...names: string[]) => [...choose(names, COUNTS)];
function problem(...names: string[]): [string, string | undefined] {
  try {
    choose(names, COUNTS);
  } catch (error) {
    if (error instanceof SupError && error.code === 'E_USAGE') return [error.message, error.hint];
    throw error;
  }
  throw new Error('no error');
}

it('takes every group where none is named', () => {
  assert.equal(chosen(), [
    ['web', null],
    ['worker', null],
    ['off', null],
  ]);
});

it('takes a group, or some of its workers once each', () => {
  assert.equal(chosen('web'), [['web', null]]);
  assert.equal(chosen('web.2', 'web.0', 'web.2'), [['web', [2, 0]]]);
});

it('takes the group where it is named beside its workers, in either order', () => {
  assert.equal(chosen('web.1', 'web'), [['web', null]]);
  assert.equal(chosen('web', 'web.1'), [['web', null]]);
});

it('offers the group that was meant', () => {
  assert.equal(problem('wbe'), [
    'there is no group wbe, did you mean web?',
    'groups of this app: web, worker, off',
  ]);
  assert.is(problem('database')[0], 'there is no group database');
});

it('says which workers there are', () => {
  assert.is(problem('web.3')[0], 'there is no worker web.3: web has 0 to 2');
  assert.is(problem('worker.1')[0], 'there is no worker worker.1: worker has 0');
  assert.is(problem('off.0')[0], 'there is no worker off.0: off has none');
});

it('tells all that is wrong in one error', () => {
  const [message] = problem('web', 'web.7', 'nope.1', 'worker.x');
  assert.equal(message.split('\n'), [
    'there is no worker web.7: web has 0 to 2',
    'there is no group nope',
    'there is no group worker.x, did you mean worker?',
  ]);
});

it('knows an app without groups', () => {
  assert.throws(
    () => choose(['web'], new Map()),
    (error: SupError) => error.hint === 'groups of this app: none',
  );
});

it.run();
