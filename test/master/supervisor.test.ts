import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import type { GroupConfig } from '../../src/config/app.js';
import type { Command, GroupEffect, Outcome } from '../../src/group/group.js';
import { Supervisor, type World } from '../../src/master/supervisor.js';
import { someConfig } from '../group/some-config.js';

const it = suite('supervisor');
const START: Command = { do: 'start', slots: null, keep: false };
const STOP: Command = { do: 'stop', slots: null, patience: 'timeout' };

type Effect = Exclude<GroupEffect, { do: 'settle' }>;

function rig(config: Partial<GroupConfig> = {}, world: Partial<World> = {}) {
  const done: Effect[] = [];
  const faults: unknown[] = [];
  const supervisor: Supervisor = new Supervisor({
    now: () => 0,
    dice: () => 0.5,
    perform: (_, effect) => done.push(effect),
    publish: () => {},
    broke: (error) => faults.push(error),
    ...world,
  });
  supervisor.add(someConfig(config));
  return { supervisor, done, faults };
}

const lives = (done: readonly Effect[]) => done.filter((e) => e.do === 'spawn').map((e) => e.life);

it('turns commands into effects, and settles each when it has run its course', async () => {
  const { supervisor, done } = rig();
  const started = supervisor.command('web', START);
  assert.equal(lives(done), [1, 2]);
  for (const life of [1, 2]) supervisor.tell('web', { type: 'ready', life });
  assert.equal(await started, { ok: true });
  const stopped = supervisor.command('web', STOP);
  for (const life of [1, 2])
    supervisor.tell('web', { type: 'exited', life, ending: { how: 'code', code: 0 } });
  assert.equal(await stopped, { ok: true });
});

it('takes what is told in the middle of a step after that step, in its order', () => {
  const order: string[] = [];
  const { supervisor } = rig(
    { count: 2, ready: { by: 'notify', within: 1000 } },
    {
      perform: (group, effect) => {
        order.push(`${effect.do} ${effect.life}`);
        if (effect.do === 'spawn') supervisor.tell(group, { type: 'ready', life: effect.life });
      },
      publish: (_, after) => order.push(after.members.map(({ worker }) => worker.phase).join(' ')),
    },
  );
  void supervisor.command('web', START);
  assert.equal(order, [
    'spawn 1',
    'wake 1',
    'spawn 2',
    'wake 2',
    'starting starting',
    'ready starting',
    'ready ready',
  ]);
});

it('loses no event and no effect when one of them throws', async () => {
  const begun: number[] = [];
  const { supervisor, faults } = rig(
    { count: 3 },
    {
      perform: (group, effect) => {
        if (effect.do !== 'spawn') return;
        begun.push(effect.life);
        supervisor.tell(group, { type: 'ready', life: effect.life });
        if (effect.life === 2) throw new Error('spawn broke');
      },
      publish: () => {
        throw new Error('publish broke');
      },
    },
  );
  assert.equal(await supervisor.command('web', START), { ok: true });
  assert.equal(begun, [1, 2, 3]);
  assert.equal(
    faults.map((error) => (error as Error).message),
    ['spawn broke', 'publish broke', 'publish broke', 'publish broke', 'publish broke'],
  );
});

it('answers also who asks a group that is gone, and forgets news of it', async () => {
  const { supervisor } = rig();
  supervisor.tell('nobody', { type: 'ready', life: 1 });
  assert.equal(await supervisor.command('nobody', STOP), { ok: false, why: 'superseded', by: 'stop' });
});

it('removes a group only when nothing of it is left', async () => {
  const { supervisor } = rig({ count: 1 });
  void supervisor.command('web', START);
  assert.is(supervisor.remove('web'), null);
  supervisor.tell('web', { type: 'ready', life: 1 });
  const stopped = supervisor.command('web', STOP);
  assert.is(supervisor.remove('web'), null);
  supervisor.tell('web', { type: 'exited', life: 1, ending: { how: 'code', code: 0 } });
  await stopped;
  assert.is(supervisor.remove('web')?.members.length, 1);
  assert.is(supervisor.groups.size, 0);
});

it('goes on counting lives when a group comes back, so that old timers mean nobody', () => {
  const { supervisor, done } = rig({ count: 2 });
  void supervisor.command('web', START);
  void supervisor.command('web', STOP);
  for (const life of [1, 2])
    supervisor.tell('web', { type: 'exited', life, ending: { how: 'code', code: 0 } });
  supervisor.remove('web');
  supervisor.add(someConfig({ count: 1 }));
  void supervisor.command('web', START);
  assert.equal(lives(done), [1, 2, 3]);
});

it('says of a group that was replaced in part what the rest still runs', async () => {
  const { supervisor } = rig({ count: 2 });
  void supervisor.command('web', START);
  for (const life of [1, 2]) supervisor.tell('web', { type: 'ready', life });
  const config = someConfig({ count: 2, command: ['node', 'new.js'] });
  const reload = (slot: number): Promise<Outcome> =>
    supervisor.command('web', {
      do: 'reload',
      slots: [slot],
      config,
      count: 2,
      patience: 'timeout',
      by: 'replace',
    });
  const first = reload(0);
  supervisor.tell('web', { type: 'ready', life: 3 });
  supervisor.tell('web', { type: 'exited', life: 1, ending: { how: 'code', code: 0 } });
  assert.equal(await first, { ok: true });
  assert.equal(supervisor.running()[0]?.config.command, ['node', 'server.js']);
  const second = reload(1);
  supervisor.tell('web', { type: 'ready', life: 4 });
  supervisor.tell('web', { type: 'exited', life: 2, ending: { how: 'code', code: 0 } });
  assert.equal(await second, { ok: true });
  assert.equal(supervisor.running()[0]?.config.command, ['node', 'new.js']);
});

it('settles every one of many commands at once, whatever they are', async () => {
  const { supervisor } = rig(
    { count: 2 },
    {
      perform: (group, effect) => {
        const { life } = effect;
        if (effect.do === 'spawn') supervisor.tell(group, { type: 'ready', life });
        if (effect.do === 'signal')
          supervisor.tell(group, { type: 'exited', life, ending: { how: 'signal', signal: effect.signal } });
      },
    },
  );
  const config = someConfig({ count: 2 });
  const patience = 'timeout';
  const commands: Command[] = [
    START,
    { do: 'restart', slots: null, patience },
    { do: 'reload', slots: null, config, count: 3, patience, by: 'replace' },
    STOP,
    { do: 'adjust', config, count: 1, patience },
    START,
    { do: 'reload', slots: [0], config, count: 1, patience, by: 'replace' },
    STOP,
  ];
  const outcomes = await Promise.all(commands.map((command) => supervisor.command('web', command)));
  assert.is(outcomes.length, commands.length);
  assert.equal(supervisor.groups.get('web')?.job, null);
});

it.run();
