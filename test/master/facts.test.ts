import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import type { Group, Member } from '../../src/group/group.js';
import { newGroup } from '../../src/group/members.js';
import { factsBetween, type Knowledge } from '../../src/master/facts.js';
import { unborn, type Worker } from '../../src/worker/worker.js';
import { someConfig } from '../group/some-config.js';

const it = suite('facts');
const CONFIG = someConfig();

const KNOW: Knowledge = {
  now: 1000,
  pid: (group, life) => (group === 'web' ? 100 + life : null),
  tail: (_, life) => [`tail of ${life}`],
};

const member = (slot: number, worker: Partial<Worker> = {}, change: Partial<Member> = {}): Member => ({
  id: slot + 1,
  slot,
  part: 'holder',
  config: CONFIG,
  worker: { ...unborn, ...worker },
  ...change,
});
const group = (...members: Member[]): Group => ({ ...newGroup(CONFIG), members });

it('tells nothing where nothing changed', () => {
  const before = group(member(0, { phase: 'ready', life: 1 }), member(1));
  assert.equal(factsBetween(before, before, KNOW), []);
  assert.equal(factsBetween(before, group(member(0, { phase: 'ready', life: 1 }), member(1)), KNOW), []);
});

it('tells nothing of a change that is no other phase and no other life', () => {
  const before = group(member(0, { phase: 'stopping', life: 1, dueAt: 5 }));
  assert.equal(factsBetween(before, group(member(0, { phase: 'stopping', life: 1, dueAt: 9 })), KNOW), []);
});

it('tells a worker that begins, with the pid of its life', () => {
  const [fact] = factsBetween(group(), group(member(1, { phase: 'starting', life: 7 })), KNOW);
  assert.equal(fact, {
    kind: 'worker',
    worker: 'web.1',
    group: 'web',
    life: 7,
    pid: 107,
    part: 'holder',
    before: 'idle',
    phase: 'starting',
    last: null,
    nextTryIn: null,
    crashLooping: false,
  });
});

it('tells a death once, with its last lines and the next try', () => {
  const last = { life: 7, at: 900, ending: { how: 'code', code: 3 }, cause: null, served: true } as const;
  const before = group(member(0, { phase: 'ready', life: 7 }));
  const dead = group(member(0, { phase: 'waiting', life: 7, last, dueAt: 1234, deaths: 3 }));
  const [fact] = factsBetween(before, dead, KNOW);
  assert.ok(fact?.kind === 'worker');
  assert.equal(fact.last, { reason: 'exit 3', code: 3, signal: null, ago: 100, tail: ['tail of 7'] });
  assert.equal([fact.nextTryIn, fact.crashLooping], [234, true]);
  const again = group(member(0, { phase: 'starting', life: 8, last, deaths: 3 }));
  const [next] = factsBetween(dead, again, KNOW);
  assert.ok(next?.kind === 'worker');
  assert.equal([next.last, next.before, next.phase], [null, 'waiting', 'starting']);
});

it('tells a death that is followed by a new life at once', () => {
  const last = { life: 1, at: 900, ending: { how: 'code', code: 3 }, cause: null, served: true } as const;
  const before = group(member(0, { phase: 'starting', life: 1 }));
  const [fact] = factsBetween(before, group(member(0, { phase: 'starting', life: 2, last })), KNOW);
  assert.ok(fact?.kind === 'worker');
  assert.is(fact.last?.reason, 'exit 3');
});

it('finds a member again where others went before it', () => {
  const stays = member(1, { phase: 'ready', life: 2 });
  const before = group(member(0, { phase: 'stopping', life: 1 }, { part: 'leaver' }), stays);
  assert.equal(factsBetween(before, group(stays), KNOW), []);
});

it.run();
