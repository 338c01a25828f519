import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { DrivenGroup, OK } from './driven-group.js';
import { someConfig } from './some-config.js';

const it = suite('group/reload');

const inBatches = (batch: number, count: number) =>
  someConfig({ count, reload: { by: 'replace', signal: 'SIGHUP', batch } });
const NEXT = someConfig({ env: { VERSION: '2' } });

it('replaces one slot after the other, each only once the new one is ready', () => {
  const g = DrivenGroup.up();
  const reload = g.reload({ config: NEXT });
  assert.equal(g.acts, ['spawn 3 in 0']);
  assert.equal(g.members, ['0:1 ready', '0:3 starting newcomer', '1:2 ready']);
  g.ready(3);
  assert.equal(g.acts, ['SIGTERM 1']);
  assert.equal(g.members, ['0:1 stopping leaver', '0:3 ready', '1:2 ready']);
  g.exit(1);
  assert.equal(g.acts, ['spawn 4 in 1']);
  g.ready(4);
  assert.equal(g.acts, ['SIGTERM 2']);
  assert.is(g.outcomes.get(reload), undefined);
  g.exit(2);
  assert.equal(g.outcomes.get(reload), OK);
  assert.equal(g.members, ['0:3 ready', '1:4 ready']);
  assert.is(g.group.config, NEXT);
  assert.ok(g.configs.every((config) => config === NEXT));
});

it('replaces a batch at once, when all of it is ready', () => {
  const g = DrivenGroup.up(inBatches(2, 3));
  const reload = g.reload();
  assert.equal(g.acts, ['spawn 4 in 0', 'spawn 5 in 1']);
  g.ready(5);
  assert.equal(g.acts, []);
  g.ready(4);
  assert.equal(g.acts, ['SIGTERM 1', 'SIGTERM 2']);
  g.exit(2);
  assert.equal(g.acts, []);
  g.exit(1);
  assert.equal(g.acts, ['spawn 6 in 2']);
  g.ready(6);
  g.exit(3);
  assert.equal(g.outcomes.get(reload), OK);
  assert.equal(g.members, ['0:4 ready', '1:5 ready', '2:6 ready']);
});

it('with a larger count brings the new slots too', () => {
  const g = DrivenGroup.up(inBatches(2, 1));
  const config = inBatches(2, 3);
  const reload = g.reload({ config, count: 3 });
  assert.equal(g.acts, ['spawn 2 in 0', 'spawn 3 in 1']);
  g.ready(2, 3);
  g.exit(1);
  assert.equal(g.acts, ['spawn 4 in 2']);
  g.ready(4);
  assert.equal(g.outcomes.get(reload), OK);
  assert.equal(g.members, ['0:2 ready', '1:3 ready', '2:4 ready']);
  assert.is(g.group.count, 3);
});

it('with a smaller count replaces what stays, and then stops the rest', () => {
  const g = DrivenGroup.up(someConfig({ count: 3 }));
  const reload = g.reload({ config: NEXT, count: 1 });
  g.ready(4);
  g.exit(1);
  assert.equal(g.acts, ['SIGTERM 2', 'SIGTERM 3']);
  g.exit(2);
  assert.is(g.outcomes.get(reload), undefined);
  g.exit(3);
  assert.equal(g.outcomes.get(reload), OK);
  assert.equal(g.members, ['0:4 ready']);
});

it('of some slots leaves the others alone, however often they are named', () => {
  const g = DrivenGroup.up();
  const reload = g.reload({ slots: [1, 1, 7] });
  assert.equal(g.acts, ['spawn 3 in 1']);
  g.ready(3);
  g.exit(2);
  assert.equal(g.outcomes.get(reload), OK);
  assert.equal(g.members, ['0:1 ready', '1:3 ready']);
});

it('with all patience sets the replaced ones no limit', () => {
  const g = DrivenGroup.up(someConfig({ count: 1 }));
  g.reload({ patience: 'forever' });
  const timers = g.effects.length;
  g.ready(2);
  assert.equal(g.acts, ['SIGTERM 1']);
  assert.is(g.effects.length, timers + 1);
});

it('replaces one that waits or gave up, and not one that was stopped by hand or came to its end', () => {
  const restart = { ...someConfig().restart, when: 'on-failure', attempts: 2 } as const;
  const g = DrivenGroup.up(someConfig({ count: 4, restart }));
  g.exit(1, 1);
  g.exit(2, 1);
  g.now = 100;
  g.tell({ type: 'due', life: 2 });
  g.exit(5, 1);
  g.exit(3, 0);
  g.stop([3]);
  g.exit(4);
  assert.equal(g.members, ['0:1 waiting', '1:5 failed', '2:3 ended', '3:4 idle']);
  const reload = g.reload({ config: NEXT });
  assert.equal(g.acts, ['spawn 6 in 0']);
  g.ready(6);
  assert.equal(g.acts, ['spawn 7 in 1']);
  g.ready(7);
  assert.equal(g.outcomes.get(reload), OK);
  assert.equal(g.members, ['0:6 ready', '1:7 ready', '2:3 ended', '3:4 idle']);
});

it('of a group that is down starts nothing; what rests starts with the new config later', () => {
  const g = DrivenGroup.up();
  g.stop();
  g.leaveAll();
  const reload = g.reload({ config: NEXT, count: 3 });
  assert.equal(g.acts, []);
  assert.equal(g.outcomes.get(reload), OK);
  g.start();
  assert.equal(g.acts.length, 3);
  assert.ok(g.configs.every((config) => config === NEXT));
});

it('of a group that never started starts nothing', () => {
  const g = new DrivenGroup();
  assert.equal(g.outcomes.get(g.reload({ config: NEXT })), OK);
  assert.equal(g.members, []);
  assert.is(g.group.config, NEXT);
});

it('goes on with the others when a slot is stopped in the middle', () => {
  const g = DrivenGroup.up(someConfig({ count: 3 }));
  const reload = g.reload({ config: NEXT });
  const first = g.stop([0]);
  assert.equal(g.acts, ['SIGTERM 1', 'SIGTERM 4']);
  const last = g.stop([2]);
  g.exit(3);
  assert.equal(g.outcomes.get(last), OK);
  g.exit(1);
  assert.is(g.outcomes.get(first), undefined);
  g.exit(4);
  assert.equal(g.outcomes.get(first), OK);
  assert.equal(g.acts, ['spawn 5 in 1']);
  g.ready(5);
  g.exit(2);
  assert.equal(g.outcomes.get(reload), OK);
  assert.equal(g.members, ['0:1 idle', '1:5 ready', '2:3 idle']);
});

it.run();
