import { setImmediate as turnOfTheLoop } from 'node:timers/promises';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import type { SupError } from '../../src/errors/sup-error.js';
import { Turns } from '../../src/master/turns.js';
import { Dice } from '../simulation/dice.js';

const it = suite('turns');

/** A verb that goes on when it is told to. */
function slow(turns: Turns, groups: readonly string[], told: string[], name: string) {
  let release = () => {};
  const gate = new Promise<void>((resolve) => {
    release = resolve;
  });
  const done = turns
    .take(groups, async (check) => {
      told.push(`${name} began`);
      await gate;
      check();
      told.push(`${name} ended`);
      return name;
    })
    .catch((error: SupError) => {
      told.push(`${name}: ${error.code}`);
    });
  return { release, done };
}

it('lets verbs of one group through in the order in which they came', async () => {
  const turns = new Turns();
  const told: string[] = [];
  const [a, b, c] = ['a', 'b', 'c'].map((name) => slow(turns, ['web'], told, name));
  c?.release();
  b?.release();
  await turnOfTheLoop();
  assert.equal(told, ['a began']);
  a?.release();
  await Promise.all([a?.done, b?.done, c?.done]);
  assert.equal(told, ['a began', 'a ended', 'b began', 'b ended', 'c began', 'c ended']);
});

it('lets verbs of other groups through at once', async () => {
  const turns = new Turns();
  const told: string[] = [];
  const first = slow(turns, ['web'], told, 'web');
  const second = slow(turns, ['db'], told, 'db');
  second.release();
  await second.done;
  assert.equal(told, ['web began', 'db began', 'db ended']);
  first.release();
  await first.done;
});

it('goes on after a verb that failed', async () => {
  const turns = new Turns();
  const failing = turns.take(['web'], async () => {
    throw new Error('boom');
  });
  const next = turns.take(['web'], async () => 'next');
  await failing.then(assert.unreachable, (error: Error) => assert.is(error.message, 'boom'));
  assert.is(await next, 'next');
});

it('takes the turn away from one that waits, and from one between two steps', async () => {
  const turns = new Turns();
  const told: string[] = [];
  const running = slow(turns, ['web', 'db'], told, 'running');
  const waiting = slow(turns, ['web'], told, 'waiting');
  await turnOfTheLoop();
  turns.supersede(['web']);
  running.release();
  await Promise.all([running.done, waiting.done]);
  assert.equal(told, ['running began', 'running: E_SUPERSEDED', 'waiting: E_SUPERSEDED']);
});

it('leaves alone what came after the stop, and what is of another group', async () => {
  const turns = new Turns();
  const told: string[] = [];
  const other = slow(turns, ['db'], told, 'other');
  turns.supersede(['web']);
  const later = slow(turns, ['web'], told, 'later');
  const check = turns.watch(['web']);
  other.release();
  later.release();
  await Promise.all([other.done, later.done]);
  assert.equal(told.filter((line) => line.endsWith('ended')).toSorted(), ['later ended', 'other ended']);
  check();
  turns.supersede(['web']);
  assert.throws(check, 'a stop came in between and ended this');
});

it('never runs two of one group at once, and never locks up, over 200 random takes', async () => {
  const dice = new Dice(7);
  const turns = new Turns();
  const busy = new Set<string>();
  const take = (groups: readonly string[]) =>
    turns
      .take(groups, async (check) => {
        for (const group of groups) assert.not(busy.has(group), `two at once in ${group}`);
        for (const group of groups) busy.add(group);
        try {
          for (let steps = dice.between(0, 3); steps > 0; steps--) {
            await turnOfTheLoop();
            check();
          }
          if (dice.chance(0.2)) throw new Error('boom');
        } finally {
          for (const group of groups) busy.delete(group);
        }
        return 'done';
      })
      .catch((error: SupError) => {
        if (error.code !== 'E_SUPERSEDED' && error.message !== 'boom') throw error;
        return 'failed';
      });
  const takes: Promise<string>[] = [];
  for (let number = 0; number < 200; number++) {
    takes.push(take(['a', 'b', 'c', 'd', 'e'].filter(() => dice.chance(0.4))));
    if (dice.chance(0.3)) await turnOfTheLoop();
    if (dice.chance(0.02)) turns.supersede([dice.pick('a', 'b', 'c', 'd', 'e')]);
  }
  const results = await Promise.all(takes);
  assert.ok(results.filter((result) => result === 'done').length > 20);
  assert.ok(results.includes('failed'));
});

it.run();
