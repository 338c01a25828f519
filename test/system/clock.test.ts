import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { after, now, wallTime } from '../../src/system/clock.js';
import { until } from './scratch.js';

const it = suite('clock');

it('calls once, not before its time', async () => {
  const calls: number[] = [];
  const began = now();
  after(20, () => calls.push(now() - began));
  await until('the call', () => calls.length > 0);
  assert.is(calls.length, 1);
  assert.ok((calls[0] ?? 0) >= 20, `after ${calls[0]} ms`);
});

it('does not call when it was cancelled', async () => {
  const calls: string[] = [];
  after(10, () => calls.push('cancelled')).cancel();
  after(30, () => calls.push('kept'));
  await until('the other call', () => calls.includes('kept'));
  assert.equal(calls, ['kept']);
});

it('waits for longer than setTimeout can', async () => {
  const calls: string[] = [];
  const long = after(2 ** 31 + 1000, () => calls.push('too early'));
  after(20, () => calls.push('short'));
  await until('the short one', () => calls.length > 0);
  long.cancel();
  assert.equal(calls, ['short']);
});

it('knows the time of day', () => {
  assert.ok(Math.abs(wallTime().getTime() - Date.now()) < 10_000);
});

it.run();
