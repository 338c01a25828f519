import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { DrivenGroup, OK, told } from './driven-group.js';
import { someConfig } from './some-config.js';

const it = suite('group/start');

it('begins every slot at once, and is answered when the last one is ready', () => {
  const g = new DrivenGroup(someConfig({ count: 3 }));
  const start = g.start();
  assert.equal(g.acts, ['spawn 1 in 0', 'spawn 2 in 1', 'spawn 3 in 2']);
  g.ready(2, 1);
  assert.is(g.outcomes.get(start), undefined);
  g.ready(3);
  assert.equal(g.outcomes.get(start), OK);
  assert.equal(g.members, ['0:1 ready', '1:2 ready', '2:3 ready']);
});

it('of a group that is up begins nothing and is answered at once', () => {
  const g = DrivenGroup.up();
  const start = g.start();
  assert.equal(g.acts, []);
  assert.equal(g.outcomes.get(start), OK);
});

it('begins only what is missing, and only the slots that are named and that there are', () => {
  const g = new DrivenGroup(someConfig({ count: 3 }));
  g.start([1]);
  g.ready(1);
  g.start([2, 1, 2, 9]);
  assert.equal(g.acts, ['spawn 2 in 2']);
});

it('takes back what it began when one dies before it is ready, and then tells the death', () => {
  const g = new DrivenGroup(someConfig({ count: 3 }));
  g.start([0]);
  g.ready(1);
  const start = g.start();
  g.ready(2);
  g.exit(3, 1);
  assert.equal(g.acts, ['SIGTERM 2']);
  assert.is(g.outcomes.get(start), undefined);
  g.exit(2);
  assert.is(told(g.outcomes.get(start)), 'failed in 2');
  assert.equal(g.members, ['0:1 ready', '1:2 idle', '2:3 idle']);
});

it('tells of the death its life, its end, and that it had not served', () => {
  const g = new DrivenGroup(someConfig({ count: 1 }));
  const start = g.start();
  g.now = 40;
  g.tell({ type: 'exited', life: 1, ending: { how: 'exec', why: 'no such program' } });
  const death = {
    life: 1,
    at: 40,
    ending: { how: 'exec', why: 'no such program' },
    cause: null,
    served: false,
  };
  assert.equal(g.outcomes.get(start), { ok: false, why: 'failed', slot: 0, death });
});

it('fails when one is not ready in time', () => {
  const g = new DrivenGroup(someConfig({ count: 1 }));
  const start = g.start();
  g.now = 1000;
  g.tell({ type: 'due', life: 1 });
  assert.equal(g.acts, ['SIGTERM 1']);
  g.exit(1);
  assert.is(told(g.outcomes.get(start)), 'failed in 0');
  assert.equal(g.members, ['0:1 idle']);
});

it('does not take back one that was up before and crashes', () => {
  const g = DrivenGroup.up();
  g.exit(2, 1);
  assert.equal(g.members, ['0:1 ready', '1:2 waiting']);
  const start = g.start();
  assert.equal(g.acts, ['spawn 3 in 1']);
  g.exit(3, 1);
  assert.is(told(g.outcomes.get(start)), 'failed in 1');
  assert.equal(g.members, ['0:1 ready', '1:3 waiting']);
});

it('counts one that was ready and died since as come up', () => {
  const g = new DrivenGroup();
  const start = g.start();
  g.ready(1);
  g.exit(1, 1);
  g.ready(2);
  assert.equal(g.outcomes.get(start), OK);
});

it('counts a task that came to its end as come up', () => {
  const restart = { ...someConfig().restart, when: 'on-failure' } as const;
  const g = new DrivenGroup(someConfig({ count: 1, restart }));
  const start = g.start();
  g.exit(1, 0);
  assert.equal(g.outcomes.get(start), OK);
  assert.equal(g.members, ['0:1 ended']);
});

it('that keeps what it began waits for the next try', () => {
  const g = new DrivenGroup(someConfig({ count: 1 }));
  const start = g.start(null, true);
  g.exit(1, 1);
  assert.is(g.outcomes.get(start), undefined);
  g.now = 100;
  g.tell({ type: 'due', life: 1 });
  assert.equal(g.acts, ['spawn 2 in 0']);
  g.ready(2);
  assert.equal(g.outcomes.get(start), OK);
});

it('that keeps what it began is told its failure as soon as another command waits for it', () => {
  const g = new DrivenGroup(someConfig({ count: 1 }));
  const start = g.start(null, true);
  g.exit(1, 1);
  const other = g.start();
  assert.is(told(g.outcomes.get(start)), 'failed in 0');
  assert.equal(g.acts, ['spawn 2 in 0']);
  g.ready(2);
  assert.equal(g.outcomes.get(other), OK);
});

it('that keeps what it began is told when a worker gives up', () => {
  const restart = { ...someConfig().restart, when: 'never' } as const;
  const g = new DrivenGroup(someConfig({ count: 1, restart }));
  const start = g.start(null, true);
  g.exit(1, 1);
  assert.is(told(g.outcomes.get(start)), 'failed in 0');
  assert.equal(g.members, ['0:1 failed']);
});

it('tries one anew that gave up, with a new count of deaths', () => {
  const restart = { ...someConfig().restart, attempts: 2 };
  const g = DrivenGroup.up(someConfig({ count: 1, restart }));
  g.exit(1, 1);
  g.now = 100;
  g.tell({ type: 'due', life: 1 });
  g.exit(2, 1);
  assert.equal(g.members, ['0:2 failed']);
  g.start(null, true);
  g.exit(3, 1);
  assert.equal(g.members, ['0:3 waiting']);
});

it('restart stops all that is named, and then starts it', () => {
  const g = DrivenGroup.up();
  const restart = g.restart();
  assert.equal(g.acts, ['SIGTERM 1', 'SIGTERM 2']);
  g.exit(1);
  assert.equal(g.acts, []);
  g.exit(2);
  assert.equal(g.acts, ['spawn 3 in 0', 'spawn 4 in 1']);
  g.ready(3, 4);
  assert.equal(g.outcomes.get(restart), OK);
});

it('restart of one slot leaves the others alone', () => {
  const g = DrivenGroup.up();
  g.restart([1]);
  assert.equal(g.acts, ['SIGTERM 2']);
  g.exit(2);
  g.ready(3);
  assert.equal(g.members, ['0:1 ready', '1:3 ready']);
});

it('restart tells a failure, and what failed goes on trying', () => {
  const g = DrivenGroup.up();
  const restart = g.restart([1]);
  g.exit(2);
  g.exit(3, 1);
  assert.is(told(g.outcomes.get(restart)), 'failed in 1');
  assert.equal(g.members, ['0:1 ready', '1:3 waiting']);
});

it('restart ends a back-off and begins at once', () => {
  const g = DrivenGroup.up();
  g.exit(2, 1);
  g.restart([1]);
  assert.equal(g.acts, ['spawn 3 in 1']);
});

it.run();
