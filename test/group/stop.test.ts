import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { DrivenGroup, OK, SUPERSEDED, told } from './driven-group.js';
import { someConfig } from './some-config.js';

const it = suite('group/stop');

const NEXT = someConfig({ env: { VERSION: '2' } });

it('tells everybody to go at once, and is answered when the last one is gone', () => {
  const g = DrivenGroup.up();
  const stop = g.stop();
  assert.equal(g.acts, ['SIGTERM 1', 'SIGTERM 2']);
  g.exit(1);
  assert.is(g.outcomes.get(stop), undefined);
  g.exit(2);
  assert.equal(g.outcomes.get(stop), OK);
  assert.equal(g.members, ['0:1 idle', '1:2 idle']);
});

it('of a group that is down, or of slots that are not there, is answered at once', () => {
  assert.equal(new DrivenGroup().outcomes.size, 0);
  const g = DrivenGroup.up();
  assert.equal(g.outcomes.get(g.stop([7])), OK);
  assert.equal(g.acts, []);
  const never = new DrivenGroup();
  assert.equal(never.outcomes.get(never.stop()), OK);
});

it('kills who does not go in time', () => {
  const g = DrivenGroup.up(someConfig({ count: 1 }));
  g.stop();
  g.now = 500;
  g.tell({ type: 'due', life: 1 });
  assert.equal(g.acts, ['SIGKILL 1']);
});

it('without a limit is hastened by a stop with one, and by one that kills; each is answered', () => {
  const g = DrivenGroup.up(someConfig({ count: 1 }));
  const forever = g.stop(null, 'forever');
  assert.equal(g.acts, ['SIGTERM 1']);
  const timeout = g.stop();
  assert.equal(g.acts, []);
  assert.equal(g.effects.at(-1), { do: 'wake', life: 1, after: 500 });
  const now = g.stop(null, 'none');
  assert.equal(g.acts, ['SIGKILL 1']);
  g.exit(1);
  for (const stop of [forever, timeout, now]) assert.equal(g.outcomes.get(stop), OK);
});

it('ends a start', () => {
  const g = new DrivenGroup();
  const start = g.start();
  g.ready(1);
  const stop = g.stop();
  assert.equal(g.outcomes.get(start), SUPERSEDED);
  assert.equal(g.acts, ['SIGTERM 1', 'SIGTERM 2']);
  g.leaveAll();
  assert.equal(g.outcomes.get(stop), OK);
});

it('ends a back-off', () => {
  const g = DrivenGroup.up(someConfig({ count: 1 }));
  g.exit(1, 1);
  assert.equal(g.outcomes.get(g.stop()), OK);
  assert.equal(g.members, ['0:1 idle']);
  g.tell({ type: 'due', life: 1 });
  assert.equal(g.acts, []);
});

it('ends a restart in its first half', () => {
  const g = DrivenGroup.up();
  const restart = g.restart();
  const stop = g.stop();
  assert.equal(g.outcomes.get(restart), SUPERSEDED);
  g.leaveAll();
  assert.equal(g.outcomes.get(stop), OK);
  assert.equal(g.members, ['0:1 idle', '1:2 idle']);
});

it('ends an adjust; the new count stays', () => {
  const g = DrivenGroup.up();
  const adjust = g.adjust(3);
  g.stop();
  assert.equal(g.outcomes.get(adjust), SUPERSEDED);
  g.leaveAll();
  assert.is(g.group.count, 3);
  assert.is(g.members.length, 3);
});

it('ends a reload while newcomers come up; then all start with the old config', () => {
  const g = DrivenGroup.up();
  const reload = g.reload({ config: NEXT });
  g.ready(3);
  g.exit(1);
  const stop = g.stop();
  assert.equal(g.acts, ['SIGTERM 2', 'SIGTERM 3', 'SIGTERM 4']);
  assert.equal(g.outcomes.get(reload), SUPERSEDED);
  g.leaveAll();
  assert.equal(g.outcomes.get(stop), OK);
  assert.equal(g.members, ['0:3 idle', '1:2 idle']);
  g.start();
  assert.ok(g.configs.every((config) => config === g.config));
});

it('ends a reload while the replaced ones go', () => {
  const g = DrivenGroup.up();
  const reload = g.reload({ config: NEXT, patience: 'forever' });
  g.ready(3);
  const stop = g.stop();
  assert.equal(g.outcomes.get(reload), SUPERSEDED);
  assert.equal(g.acts, ['SIGTERM 2', 'SIGTERM 3']);
  g.exit(3);
  g.exit(2);
  assert.is(g.outcomes.get(stop), undefined);
  g.exit(1);
  assert.equal(g.outcomes.get(stop), OK);
});

it('ends a reload to a larger count; no slot is left over', () => {
  const g = DrivenGroup.up(someConfig({ count: 1 }));
  g.reload({ config: NEXT, count: 3 });
  g.ready(2);
  g.exit(1);
  g.ready(3);
  g.stop();
  g.leaveAll();
  assert.equal(g.members, ['0:2 idle']);
  assert.is(g.group.count, 1);
});

it('ends the undoing of a failure, which is told as what it was', () => {
  const g = new DrivenGroup();
  const start = g.start();
  g.exit(2, 1);
  assert.is(g.outcomes.get(start), undefined);
  g.stop();
  assert.is(told(g.outcomes.get(start)), 'failed in 1');
});

it('ends a roll-back, whose failure is told as what it was', () => {
  const g = DrivenGroup.up();
  const reload = g.reload({ config: NEXT });
  g.ready(3);
  g.exit(1);
  g.exit(4, 1);
  assert.equal(g.acts, ['spawn 5 in 0']);
  g.stop();
  assert.is(told(g.outcomes.get(reload)), 'failed in 1');
});

it('of some slots takes them out of a start, which goes on with the others', () => {
  const g = new DrivenGroup();
  const start = g.start();
  const stop = g.stop([1]);
  assert.equal(g.acts, ['SIGTERM 2']);
  g.exit(2);
  assert.equal(g.outcomes.get(stop), OK);
  g.ready(1);
  assert.equal(g.outcomes.get(start), OK);
  assert.equal(g.members, ['0:1 ready', '1:2 idle']);
});

it('of some slots, one after the other, that leave a start nothing, ends it', () => {
  const g = new DrivenGroup();
  const start = g.start();
  g.stop([1]);
  g.stop([0]);
  assert.equal(g.outcomes.get(start), SUPERSEDED);
});

it('of some slots takes them out of a restart in its first half', () => {
  const g = DrivenGroup.up();
  const restart = g.restart();
  g.stop([0]);
  g.exit(1);
  g.exit(2);
  assert.equal(g.acts, ['spawn 3 in 1']);
  g.ready(3);
  assert.equal(g.outcomes.get(restart), OK);
});

it('of some slots is answered while a reload is under way', () => {
  const g = DrivenGroup.up();
  const reload = g.reload();
  const stop = g.stop([1]);
  g.exit(2);
  assert.equal(g.outcomes.get(stop), OK);
  assert.is(g.outcomes.get(reload), undefined);
});

it('of the only slot of a reload ends it', () => {
  const g = DrivenGroup.up();
  const reload = g.reload({ slots: [1] });
  g.stop([1]);
  assert.equal(g.outcomes.get(reload), SUPERSEDED);
  assert.equal(g.acts, ['SIGTERM 2', 'SIGTERM 3']);
});

it('of some slots takes them out of what waits in the queue', () => {
  const g = DrivenGroup.up();
  const reload = g.reload({ slots: [0] });
  const start = g.start([0, 1]);
  const gone = g.start([1]);
  g.stop([1]);
  assert.equal(g.outcomes.get(gone), SUPERSEDED);
  g.ready(3);
  g.leaveAll();
  assert.equal(g.outcomes.get(reload), OK);
  assert.equal(g.outcomes.get(start), OK);
  assert.equal(g.members, ['0:3 ready', '1:2 idle']);
});

it('of a slot that a reload has just brought takes it out of a start of all that waits', () => {
  const config = someConfig({ count: 2, reload: { by: 'replace', signal: 'SIGHUP', batch: 2 } });
  const g = DrivenGroup.up(someConfig({ count: 1 }));
  g.reload({ config, count: 2 });
  const start = g.start();
  g.ready(2, 3);
  const stop = g.stop([1]);
  g.exit(1);
  assert.equal(g.outcomes.get(start), OK);
  g.exit(3);
  assert.equal(g.outcomes.get(stop), OK);
  assert.equal(g.members, ['0:2 ready', '1:3 idle']);
});

it.run();
