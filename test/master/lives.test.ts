import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import type { GroupConfig } from '../../src/config/app.js';
import type { GroupEvent } from '../../src/group/group.js';
import { HeldSockets } from '../../src/master/held-sockets.js';
import { Lives } from '../../src/master/lives.js';
import { openCapture } from '../../src/master/output/capture.js';
import { isAlive } from '../../src/system/processes.js';
import { someConfig } from '../group/some-config.js';
import { cleanEnvironment, mortal, scratch, until } from '../system/scratch.js';

const it = suite('lives');

function rig(logDir?: string) {
  const stateDir = scratch();
  const told: GroupEvent[] = [];
  const lives = new Lives({
    app: 'shop',
    stateDir,
    preload: '/none',
    inherited: cleanEnvironment(),
    capture: openCapture({ stateDir, logDir: logDir ?? stateDir, onLoss: () => {} }),
    sockets: new HeldSockets(),
    tell: (_, event) => told.push(event),
    says: () => {},
  });
  const spawn = (life: number, config: Partial<GroupConfig>) => {
    const ready = { by: 'log', pattern: 'up', within: 1000 } as const;
    const whole = someConfig({ cwd: stateDir, ready, ...config });
    lives.perform('web', { do: 'spawn', life, slot: 0, config: whole });
    const begun = lives.get('web', life);
    if (begun) mortal(begun.identity);
  };
  const kill = (life: number) => lives.perform('web', { do: 'signal', life, signal: 'SIGKILL' });
  const exited = () => until('an end', () => told.find((event) => event.type === 'exited'));
  return { lives, told, spawn, kill, exited };
}

const SAYS = ['/bin/sh', '-c', 'echo up; echo last >&2; exec sleep 600'];

it('tells that a life is ready, and how it ended, and keeps its last words', async () => {
  const { lives, told, spawn, kill, exited } = rig();
  spawn(1, { command: SAYS });
  assert.equal(await until('ready', () => told[0]), { type: 'ready', life: 1 });
  await until('its words', () => lives.tail('web', 1).length === 1);
  kill(1);
  const ending = { how: 'signal', signal: 'SIGKILL' };
  assert.equal(await exited(), { type: 'exited', life: 1, ending });
  assert.equal([lives.count, lives.get('web', 1), lives.tail('web', 1)], [0, undefined, ['last']]);
});

it('makes an end of whatever keeps a life from its beginning', () => {
  const cases: readonly (readonly [Partial<GroupConfig>, RegExp])[] = [
    [{ command: ['./none'] }, /none does not exist$/],
    [{ command: ['/bin/sh', '-c', 'x'.repeat(200_000)] }, /too long \(E2BIG\)$/],
    [
      { command: SAYS, listen: [{ name: 'http', kind: 'tcp', host: '127.0.0.1', port: 9 }] },
      /^its socket http \(127\.0\.0\.1:9\) is not open$/,
    ],
    [{ command: SAYS, name: `w${'x'.repeat(300)}` }, /ENAMETOOLONG/],
    [{ command: SAYS, name: 'w'.repeat(100), ready: { by: 'notify', within: 1000 } }, /./],
  ];
  for (const [config, why] of cases) {
    const { lives, told, spawn } = rig();
    spawn(1, config);
    const [event] = told;
    assert.ok(event?.type === 'exited' && event.ending.how === 'exec', JSON.stringify(event));
    assert.match(event.ending.why, why);
    assert.is(lives.count, 0);
  }
});

it('does not leave alone a life whose readiness cannot be watched', async () => {
  const { lives, told, spawn, kill, exited } = rig();
  spawn(1, { command: SAYS, ready: { by: 'log', pattern: '(', within: 1000 } });
  const [event] = told;
  assert.ok(event?.type === 'unwell' && event.life === 1, JSON.stringify(event));
  const life = lives.get('web', 1);
  assert.ok(life && isAlive(life.identity));
  kill(1);
  await exited();
  assert.not(isAlive(life.identity));
});

it('passes over signals and reloads of a life that is gone', () => {
  const { lives, kill } = rig();
  kill(7);
  lives.perform('web', { do: 'askReload', life: 7, signal: 'SIGHUP', within: 1000 });
  assert.equal(lives.tail('web', 7), []);
});

it('wakes after the time that was asked for', async () => {
  const { lives, told } = rig();
  const alive = setInterval(() => {}, 1000);
  lives.perform('web', { do: 'wake', life: 3, after: 5 });
  assert.equal(await until('a due', () => told[0]), { type: 'due', life: 3 });
  clearInterval(alive);
});

it.run();
