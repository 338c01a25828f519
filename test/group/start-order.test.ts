import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { startOrder, withNeeds } from '../../src/group/start-order.js';

const it = suite('group/start-order');

const group = (name: string, ...needs: string[]) => ({ name, needs });

it('what needs nothing starts at once, the rest after what it needs', () => {
  const groups = [group('web', 'api', 'redis'), group('api', 'db'), group('db'), group('redis')];
  assert.equal(startOrder(groups), [['db', 'redis'], ['api'], ['web']]);
});

it('no groups make no batches', () => {
  assert.equal(startOrder([]), []);
});

it('a need that is not among the groups counts as met', () => {
  assert.equal(startOrder([group('web', 'redis')]), [['web']]);
});

it('a cycle, which no config has, ends as one batch', () => {
  assert.equal(startOrder([group('db'), group('a', 'b'), group('b', 'a')]), [['db'], ['a', 'b']]);
});

it('names bring what they need, directly or not, in the order of the config', () => {
  const groups = [group('db'), group('other'), group('api', 'db'), group('web', 'api')];
  assert.equal(withNeeds(['web'], groups), ['db', 'api', 'web']);
  assert.equal(withNeeds(['api', 'other'], groups), ['db', 'other', 'api']);
  assert.equal(withNeeds([], groups), []);
});

it.run();
