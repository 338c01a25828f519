import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { DrivenGroup, OK, told } from './driven-group.js';
import { someConfig } from './some-config.js';

const it = suite('group/adjust');

it('to a larger count starts only the difference', () => {
  const g = DrivenGroup.up();
  const adjust = g.adjust(4);
  assert.equal(g.acts, ['spawn 3 in 2', 'spawn 4 in 3']);
  assert.is(g.outcomes.get(adjust), undefined);
  g.ready(3, 4);
  assert.equal(g.outcomes.get(adjust), OK);
  assert.is(g.group.count, 4);
});

it('to a smaller count stops only the difference, and forgets it', () => {
  const g = DrivenGroup.up(someConfig({ count: 3 }));
  const adjust = g.adjust(1);
  assert.equal(g.acts, ['SIGTERM 2', 'SIGTERM 3']);
  g.exit(3);
  assert.is(g.outcomes.get(adjust), undefined);
  g.exit(2);
  assert.equal(g.outcomes.get(adjust), OK);
  assert.equal(g.members, ['0:1 ready']);
});

it('to nothing and back again starts anew', () => {
  const g = DrivenGroup.up();
  g.adjust(0);
  g.leaveAll();
  assert.equal(g.members, []);
  g.adjust(1);
  assert.equal(g.acts, ['spawn 3 in 0']);
});

it('goes back to the old count when a new slot does not come up', () => {
  const g = DrivenGroup.up();
  const adjust = g.adjust(4);
  g.ready(3);
  g.exit(4, 1);
  assert.equal(g.acts, ['SIGTERM 3']);
  g.exit(3);
  assert.is(told(g.outcomes.get(adjust)), 'failed in 3');
  assert.is(g.group.count, 2);
  assert.equal(g.members, ['0:1 ready', '1:2 ready']);
});

it('of a group that was stopped changes the count and starts nothing', () => {
  const g = DrivenGroup.up();
  g.stop();
  g.leaveAll();
  const adjust = g.adjust(3);
  assert.equal(g.acts, []);
  assert.equal(g.outcomes.get(adjust), OK);
  g.start();
  assert.equal(g.acts, ['spawn 3 in 0', 'spawn 4 in 1', 'spawn 5 in 2']);
});

it('of a group that never started starts nothing', () => {
  const g = new DrivenGroup();
  assert.equal(g.outcomes.get(g.adjust(5)), OK);
  assert.equal(g.members, []);
});

it('takes up what needs no new life, and touches nobody', () => {
  const g = DrivenGroup.up(someConfig({ env: { A: '1' } }));
  const restart = { ...g.config.restart, attempts: 1 };
  const adjust = g.adjust(2, someConfig({ env: { A: '2' }, restart }));
  assert.equal(g.acts, []);
  assert.equal(g.outcomes.get(adjust), OK);
  assert.equal(g.configs[0], { ...g.config, restart });
  g.exit(1, 1);
  assert.equal(g.members, ['0:1 failed', '1:2 ready']);
});

it('a stop of the new slots lets it end well', () => {
  const g = DrivenGroup.up();
  const adjust = g.adjust(3);
  const stop = g.stop([2]);
  assert.equal(g.outcomes.get(adjust), OK);
  assert.is(g.outcomes.get(stop), undefined);
  g.leaveAll();
  assert.equal(g.outcomes.get(stop), OK);
  assert.equal(g.members, ['0:1 ready', '1:2 ready', '2:3 idle']);
});

it.run();
