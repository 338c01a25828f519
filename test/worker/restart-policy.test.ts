import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import type { RestartPolicy } from '../../src/config/app.js';
import { afterDeath, type EndOfLife } from '../../src/worker/restart-policy.js';

const it = suite('worker/restart-policy');

const ALWAYS: RestartPolicy = {
  when: 'always',
  codes: [0],
  from: 100,
  to: 3000,
  stable: 5000,
  attempts: null,
};
const CRASH: EndOfLife = { ending: { how: 'code', code: 1 }, cause: null, lived: 10, deaths: 0 };
const DONE: EndOfLife = { ...CRASH, ending: { how: 'code', code: 0 } };

/** The wait before the next life, after so many deaths in a row with this one. */
const waitAfter = (deaths: number, dice: number): number => {
  const verdict = afterDeath({ ...CRASH, deaths: deaths - 1 }, ALWAYS, dice);
  return verdict.do === 'retry' ? verdict.after : Number.NaN;
};
const isNear = (is: number, wanted: number): void =>
  assert.ok(Math.abs(is - wanted) < 1e-6, `${is}, not ${wanted}`);

it('waits from, twice that, four times, up to its limit', () => {
  for (const [at, wait] of [100, 200, 400, 800, 1600, 3000, 3000, 3000].entries())
    isNear(waitAfter(at + 1, 0.5), wait);
});

it('waits a tenth less with the lowest dice, and not quite a tenth more with the highest', () => {
  isNear(waitAfter(1, 0), 90);
  isNear(waitAfter(3, 0), 360);
  isNear(waitAfter(1, 0.999_999), 109.999_98);
  isNear(waitAfter(9, 0), 2700);
  isNear(waitAfter(9, 0.999_999), 3299.999_4);
});

it('waits its limit after ever so many deaths', () => {
  isNear(waitAfter(5000, 0.5), 3000);
});

it('restarts at once after a stable life, which wipes the count', () => {
  const verdict = afterDeath({ ...CRASH, lived: 5000, deaths: 8 }, ALWAYS, 0.5);
  assert.equal(verdict, { do: 'retry', after: 0, deaths: 0 });
});

it('does not take a life for stable that lacks a millisecond', () => {
  const verdict = afterDeath({ ...CRASH, lived: 4999, deaths: 1 }, ALWAYS, 0.5);
  assert.equal(verdict, { do: 'retry', after: 200, deaths: 2 });
});

it('does not take for stable what never ran, however late that was told', () => {
  const end = { ...CRASH, ending: { how: 'exec', why: 'no such program' }, lived: 9000 } as const;
  assert.equal(afterDeath(end, ALWAYS, 0.5), { do: 'retry', after: 100, deaths: 1 });
});

it('gives up after so many deaths in a row, and not one before', () => {
  const policy = { ...ALWAYS, attempts: 3 };
  assert.is(afterDeath({ ...CRASH, deaths: 1 }, policy, 0.5).do, 'retry');
  assert.equal(afterDeath({ ...CRASH, deaths: 2 }, policy, 0.5), { do: 'give up', deaths: 3 });
  assert.equal(afterDeath(CRASH, { ...ALWAYS, attempts: 1 }, 0.5), { do: 'give up', deaths: 1 });
});

it('does not give up over the death of a stable life', () => {
  const verdict = afterDeath({ ...CRASH, lived: 5000, deaths: 2 }, { ...ALWAYS, attempts: 3 }, 0.5);
  assert.equal(verdict, { do: 'retry', after: 0, deaths: 0 });
});

it('always: restarts after an expected code too', () => {
  assert.equal(afterDeath(DONE, ALWAYS, 0.5), { do: 'retry', after: 100, deaths: 1 });
});

it('on-failure: ends with an expected code, and retries after any other end', () => {
  const policy: RestartPolicy = { ...ALWAYS, when: 'on-failure', codes: [0, 7] };
  assert.equal(afterDeath(DONE, policy, 0.5), { do: 'end' });
  assert.equal(afterDeath({ ...CRASH, ending: { how: 'code', code: 7 } }, policy, 0.5), { do: 'end' });
  assert.is(afterDeath(CRASH, policy, 0.5).do, 'retry');
  assert.is(afterDeath({ ...CRASH, ending: { how: 'signal', signal: 'SIGTERM' } }, policy, 0.5).do, 'retry');
  assert.is(
    afterDeath({ ...CRASH, ending: { how: 'exec', why: 'no such program' } }, policy, 0.5).do,
    'retry',
  );
  assert.is(afterDeath({ ...CRASH, ending: { how: 'unknown' } }, policy, 0.5).do, 'retry');
});

it('never: ends with an expected code, and gives up after any other end', () => {
  const policy: RestartPolicy = { ...ALWAYS, when: 'never' };
  assert.equal(afterDeath(DONE, policy, 0.5), { do: 'end' });
  assert.equal(afterDeath({ ...CRASH, deaths: 4 }, policy, 0.5), { do: 'give up', deaths: 5 });
  assert.equal(afterDeath({ ...CRASH, lived: 9000 }, policy, 0.5), { do: 'give up', deaths: 0 });
});

it('an end that was brought about because of lateness or illness is never an expected one', () => {
  const policy: RestartPolicy = { ...ALWAYS, when: 'on-failure' };
  assert.is(afterDeath({ ...DONE, cause: { why: 'late', within: 9 } }, policy, 0.5).do, 'retry');
  assert.is(afterDeath({ ...DONE, cause: { why: 'unwell', reason: 'mute' } }, policy, 0.5).do, 'retry');
});

it.run();
