import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { DrivenGroup, OK, SUPERSEDED, told } from './driven-group.js';
import { someConfig } from './some-config.js';

const it = suite('group/reload-by-signal');

const CONFIG = someConfig({ reload: { by: 'signal', signal: 'SIGUSR1', batch: 1 } });
const bySignal = (config = CONFIG, count = config.count) => ({ config, count, by: 'signal' }) as const;

it('asks batch by batch, and is answered when the last one has confirmed', () => {
  const g = DrivenGroup.up(CONFIG);
  const reload = g.reload(bySignal());
  assert.equal(g.acts, ['ask 1']);
  assert.equal(g.effects.at(-1), { do: 'askReload', life: 1, signal: 'SIGUSR1', within: 1000 });
  g.tell({ type: 'reloaded', life: 1 });
  assert.equal(g.acts, ['ask 2']);
  g.tell({ type: 'reloaded', life: 2 });
  assert.equal(g.outcomes.get(reload), OK);
  assert.equal(g.members, ['0:1 ready', '1:2 ready']);
});

it('asks a whole batch at once', () => {
  const g = DrivenGroup.up(CONFIG);
  g.reload(bySignal({ ...CONFIG, reload: { ...CONFIG.reload, batch: 2 } }));
  assert.equal(g.acts, ['ask 1', 'ask 2']);
});

it('takes up what the master itself needs of the new config, and keeps what the process was born with', () => {
  const g = DrivenGroup.up(CONFIG);
  const next = { ...CONFIG, env: { A: '1' }, stop: { ...CONFIG.stop, timeout: 9 } };
  g.reload(bySignal(next));
  g.tell({ type: 'reloaded', life: 1 });
  g.tell({ type: 'reloaded', life: 2 });
  assert.is(g.group.config, next);
  assert.equal(g.configs[0], { ...CONFIG, stop: next.stop });
});

it('that is not confirmed in time is told as that, with the time that it had', () => {
  const g = DrivenGroup.up(CONFIG);
  const ready = { by: 'notify', within: 50 } as const;
  const reload = g.reload(bySignal({ ...CONFIG, ready }));
  g.tell({ type: 'reloadLate', life: 1 });
  assert.equal(g.outcomes.get(reload), { ok: false, why: 'unconfirmed', slot: 0, within: 50 });
  assert.equal(g.members, ['0:1 ready', '1:2 ready']);
});

it('of which one dies is told as failed, and nobody else is asked', () => {
  const g = DrivenGroup.up(CONFIG);
  const reload = g.reload(bySignal());
  g.exit(1, 1);
  assert.is(told(g.outcomes.get(reload)), 'failed in 0');
  assert.equal(g.acts, []);
});

it('does not hear of lives that were not asked', () => {
  const g = DrivenGroup.up(CONFIG);
  const reload = g.reload(bySignal());
  g.tell({ type: 'reloadLate', life: 2 });
  g.tell({ type: 'reloaded', life: 2 });
  assert.is(g.outcomes.get(reload), undefined);
  g.tell({ type: 'reloaded', life: 1 });
  assert.equal(g.acts, ['ask 2']);
});

it('does not wait for one that is stopped meanwhile', () => {
  const g = DrivenGroup.up(CONFIG);
  const reload = g.reload(bySignal());
  g.stop([0]);
  assert.equal(g.acts, ['SIGTERM 1', 'ask 2']);
  g.tell({ type: 'reloadLate', life: 1 });
  assert.is(g.outcomes.get(reload), undefined);
  g.tell({ type: 'reloaded', life: 2 });
  assert.equal(g.outcomes.get(reload), OK);
});

it('with a larger count starts the new slots after that', () => {
  const g = DrivenGroup.up(someConfig({ ...CONFIG, count: 1 }));
  const reload = g.reload(bySignal(CONFIG, 2));
  g.tell({ type: 'reloaded', life: 1 });
  assert.equal(g.acts, ['spawn 2 in 1']);
  g.ready(2);
  assert.equal(g.outcomes.get(reload), OK);
  assert.is(g.group.count, 2);
});

it('whose new slots do not come up keeps the old count', () => {
  const g = DrivenGroup.up(someConfig({ ...CONFIG, count: 1 }));
  const reload = g.reload(bySignal(CONFIG, 2));
  g.tell({ type: 'reloaded', life: 1 });
  g.exit(2, 1);
  assert.is(told(g.outcomes.get(reload)), 'failed in 1');
  assert.is(g.group.count, 1);
  assert.equal(g.members, ['0:1 ready']);
});

it('with a smaller count stops the rest', () => {
  const g = DrivenGroup.up(CONFIG);
  const reload = g.reload(bySignal(CONFIG, 1));
  g.tell({ type: 'reloaded', life: 1 });
  assert.equal(g.acts, ['SIGTERM 2']);
  g.exit(2);
  assert.equal(g.outcomes.get(reload), OK);
});

it('is ended by a stop', () => {
  const g = DrivenGroup.up(CONFIG);
  const reload = g.reload(bySignal());
  g.stop();
  assert.equal(g.outcomes.get(reload), SUPERSEDED);
});

it.run();
