import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { DrivenGroup, OK, SUPERSEDED } from './driven-group.js';
import { someConfig } from './some-config.js';

const it = suite('group/queue');

it('commands wait for each other, and are begun in their order', () => {
  const g = DrivenGroup.up();
  const first = g.reload({ slots: [0] });
  const second = g.restart([1]);
  assert.equal(g.acts, []);
  g.ready(3);
  g.exit(1);
  assert.equal(g.outcomes.get(first), OK);
  assert.equal(g.acts, ['SIGTERM 2']);
  g.exit(2);
  g.ready(4);
  assert.equal(g.outcomes.get(second), OK);
});

it('nothing begins while the last ones are still on their way out', () => {
  const g = DrivenGroup.up(someConfig({ count: 1 }));
  g.reload({ config: someConfig({ count: 1, env: { A: '1' } }), patience: 'forever' });
  g.ready(2);
  const stop = g.stop([0]);
  const start = g.start();
  g.exit(2);
  assert.is(g.outcomes.get(stop), undefined);
  assert.equal(g.acts, []);
  g.exit(1);
  assert.equal(g.outcomes.get(stop), OK);
  assert.equal(g.acts, ['spawn 3 in 0']);
  g.ready(3);
  assert.equal(g.outcomes.get(start), OK);
});

it('ten at once end with exactly count workers, and each caller learns its outcome', () => {
  const g = DrivenGroup.up();
  const tickets = [
    g.reload(),
    g.restart(),
    g.adjust(4),
    g.start(),
    g.reload({ count: 3 }),
    g.restart([1]),
    g.adjust(2),
    g.reload({ slots: [0] }),
    g.start([1]),
    g.restart(),
  ];
  for (let turns = 0; turns < 100 && tickets.some((ticket) => !g.outcomes.has(ticket)); turns++) {
    g.readyAll();
    g.leaveAll();
  }
  for (const ticket of tickets) assert.equal(g.outcomes.get(ticket), OK, `#${ticket}`);
  assert.equal(
    g.members.map((words) => words.replace(/:\d+/, '')),
    ['0 ready', '1 ready'],
  );
});

it('a stop answers all that wait, and what comes after it waits for it', () => {
  const g = DrivenGroup.up();
  const waiting = [g.reload(), g.restart(), g.start()];
  const stop = g.stop();
  for (const ticket of waiting) assert.equal(g.outcomes.get(ticket), SUPERSEDED);
  const start = g.start();
  g.leaveAll();
  assert.equal(g.outcomes.get(stop), OK);
  assert.is(g.outcomes.get(start), undefined);
  g.readyAll();
  assert.equal(g.outcomes.get(start), OK);
});

it('an event of a life that is not there changes nothing at all', () => {
  const g = DrivenGroup.up();
  const before = g.group;
  g.exit(99, 1);
  g.tell({ type: 'reloaded', life: 1 });
  g.tell({ type: 'reloadLate', life: 1 });
  assert.is(g.group, before);
});

it.run();
