import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { DrivenGroup, told } from './driven-group.js';
import { someConfig } from './some-config.js';

const it = suite('group/refused-reload');

const inBatches = (batch: number, change = {}) =>
  someConfig({ count: 3, reload: { by: 'replace', signal: 'SIGHUP', batch }, ...change });
const NEXT = inBatches(1, { env: { VERSION: '2' } });

it('one that dies ends it: the newcomers go, the old ones stay', () => {
  const g = DrivenGroup.up(inBatches(2));
  const reload = g.reload({ config: inBatches(2) });
  g.ready(4);
  g.exit(5, 1);
  assert.equal(g.acts, ['SIGTERM 4']);
  assert.is(g.outcomes.get(reload), undefined);
  g.exit(4);
  assert.is(told(g.outcomes.get(reload)), 'failed in 1');
  assert.equal(g.members, ['0:1 ready', '1:2 ready', '2:3 ready']);
  assert.is(g.group.config, g.config);
});

it('one that is never ready ends it', () => {
  const g = DrivenGroup.up(inBatches(1));
  const reload = g.reload({ config: NEXT });
  g.now = 1000;
  g.tell({ type: 'due', life: 4 });
  assert.equal(g.acts, ['SIGTERM 4']);
  g.exit(4);
  assert.equal(g.outcomes.get(reload), {
    ok: false,
    why: 'failed',
    slot: 0,
    death: {
      life: 4,
      at: 1000,
      ending: { how: 'code', code: 0 },
      cause: { why: 'late', within: 1000 },
      served: false,
    },
  });
  assert.equal(g.members, ['0:1 ready', '1:2 ready', '2:3 ready']);
});

it('a newcomer that ends with an expected code is refused too: it does not serve', () => {
  const restart = { ...someConfig().restart, when: 'on-failure' } as const;
  const g = DrivenGroup.up(inBatches(1, { restart }));
  const reload = g.reload();
  g.exit(4, 0);
  assert.is(told(g.outcomes.get(reload)), 'failed in 0');
  assert.equal(g.members, ['0:1 ready', '1:2 ready', '2:3 ready']);
});

it('what was replaced already gets its old config back, ready before the new one goes', () => {
  const g = DrivenGroup.up(inBatches(1));
  const reload = g.reload({ config: NEXT });
  g.ready(4);
  g.exit(1);
  g.exit(5, 1);
  assert.equal(g.acts, ['spawn 6 in 0']);
  assert.equal(g.members, ['0:4 ready', '0:6 starting newcomer', '1:2 ready', '2:3 ready']);
  g.ready(6);
  assert.equal(g.acts, ['SIGTERM 4']);
  g.exit(4);
  assert.is(told(g.outcomes.get(reload)), 'failed in 1');
  assert.equal(g.members, ['0:6 ready', '1:2 ready', '2:3 ready']);
  assert.ok(g.configs.every((config) => config === g.config));
});

it('what was replaced stays where the config is the same', () => {
  const g = DrivenGroup.up(inBatches(1));
  const reload = g.reload();
  g.ready(4);
  g.exit(1);
  g.exit(5, 1);
  assert.equal(g.acts, []);
  assert.is(told(g.outcomes.get(reload)), 'failed in 1');
  assert.equal(g.members, ['0:4 ready', '1:2 ready', '2:3 ready']);
});

it('one that dies after it took its slot over ends it, and is rolled back', () => {
  const g = DrivenGroup.up(inBatches(1));
  const reload = g.reload({ config: NEXT });
  g.ready(4);
  g.exit(4, 1);
  assert.equal(g.members, ['0:1 stopping leaver', '0:4 waiting', '1:2 ready', '2:3 ready']);
  g.exit(1);
  assert.equal(g.acts, ['spawn 5 in 0']);
  g.ready(5);
  assert.is(told(g.outcomes.get(reload)), 'failed in 0');
  assert.equal(g.members, ['0:5 ready', '1:2 ready', '2:3 ready']);
  assert.is(g.configs[0], g.config);
});

it('one that took over and dies while the next batch comes up ends it too', () => {
  const g = DrivenGroup.up(inBatches(1));
  const reload = g.reload();
  g.ready(4);
  g.exit(1);
  g.exit(4, 1);
  assert.equal(g.acts, ['SIGTERM 5']);
  g.exit(5);
  assert.is(told(g.outcomes.get(reload)), 'failed in 0');
});

it('the new slots of a larger count go again', () => {
  const g = DrivenGroup.up(someConfig({ count: 1 }));
  const reload = g.reload({ config: NEXT, count: 3 });
  g.ready(2);
  g.exit(1);
  g.ready(3);
  g.exit(4, 1);
  assert.equal(g.acts, ['SIGTERM 3']);
  g.exit(3);
  assert.equal(g.acts, ['spawn 5 in 0']);
  g.ready(5);
  g.exit(2);
  assert.is(told(g.outcomes.get(reload)), 'failed in 2');
  assert.is(g.group.count, 1);
  assert.equal(g.members, ['0:5 ready']);
});

it('a roll-back that fails in one slot goes on with the next, and tells the first failure', () => {
  const g = DrivenGroup.up(inBatches(1));
  const reload = g.reload({ config: NEXT });
  g.ready(4);
  g.exit(1);
  g.ready(5);
  g.exit(2);
  g.exit(6, 1);
  assert.equal(g.acts, ['spawn 7 in 0']);
  g.exit(7, 1);
  assert.equal(g.acts, ['spawn 8 in 1']);
  g.ready(8);
  g.exit(5);
  assert.is(told(g.outcomes.get(reload)), 'failed in 2');
  assert.equal(g.members, ['0:4 ready', '1:8 ready', '2:3 ready']);
  assert.equal(g.configs, [NEXT, g.config, g.config]);
});

it('a reload after a refused one can succeed', () => {
  const g = DrivenGroup.up(inBatches(3));
  g.reload({ config: NEXT });
  g.exit(4, 1);
  const reload = g.reload({ config: inBatches(3) });
  assert.equal(g.acts, ['spawn 5 in 0', 'spawn 6 in 1', 'spawn 7 in 2']);
  g.ready(5, 6, 7);
  g.leaveAll();
  assert.is(told(g.outcomes.get(reload)), 'ok');
});

it.run();
