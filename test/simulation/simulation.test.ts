import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { Clock } from './clock.js';
import { Dice } from './dice.js';
import { howToReplay, replay, simulate } from './simulate.js';

const it = suite('simulation');

it('no law breaks in 20,000 random histories', () => {
  const { histories, failure } = simulate(1, 20_000);
  const told = failure && `${failure.law}: ${failure.detail}\n  replay: ${howToReplay(failure.seed)}`;
  assert.is(failure, null, told ?? '');
  assert.is(histories, 20_000);
});

it('the same seed gives the same history', () => {
  const lines = (): string[] => {
    const told: string[] = [];
    replay(7, (line) => told.push(line));
    return told;
  };
  assert.ok(lines().length > 10);
  assert.equal(lines(), lines());
});

it('virtual time goes from the earlier to the later, and keeps the order of what falls together', () => {
  const clock = new Clock();
  const dice = new Dice(3);
  const seen: (readonly [number, number])[] = [];
  for (let order = 0; order < 200; order++) {
    const at = dice.between(0, 20);
    clock.after(at, () => seen.push([at, order]));
  }
  while (clock.tick());
  assert.is(seen.length, 200);
  assert.equal(
    seen,
    [...seen].sort(([a, i], [b, j]) => a - b || i - j),
  );
});

it('dice stay in their range and fall on every side', () => {
  const dice = new Dice(1);
  const rolls = Array.from({ length: 10_000 }, dice.roll);
  assert.ok(rolls.every((roll) => roll >= 0 && roll < 1));
  const mean = rolls.reduce((sum, roll) => sum + roll) / rolls.length;
  assert.ok(Math.abs(mean - 0.5) < 0.02, `mean ${mean}`);
  assert.equal(new Set(Array.from({ length: 100 }, () => dice.between(2, 4))), new Set([2, 3, 4]));
});

it.run();
