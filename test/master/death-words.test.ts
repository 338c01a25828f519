import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { lastExit, reasonOf } from '../../src/master/death-words.js';
import type { Death } from '../../src/worker/worker.js';

const it = suite('death words');

const death = (change: Partial<Death> = {}): Death => ({
  life: 4,
  at: 1000,
  ending: { how: 'code', code: 1 },
  cause: null,
  served: true,
  ...change,
});

const REASONS: readonly (readonly [Partial<Death>, string])[] = [
  [{}, 'exit 1'],
  [{ served: false }, 'exit 1 before it was ready'],
  [{ ending: { how: 'code', code: 0 }, served: false }, 'exit 0 before it was ready'],
  [{ ending: { how: 'signal', signal: 'SIGSEGV' } }, 'SIGSEGV'],
  [{ ending: { how: 'signal', signal: 'SIGKILL' }, served: false }, 'SIGKILL before it was ready'],
  [{ ending: { how: 'exec', why: '/x does not exist' }, served: false }, 'cannot run: /x does not exist'],
  [{ ending: { how: 'unknown' } }, 'ended, how is unknown'],
  [{ cause: { why: 'late', within: 30_000 }, served: false }, 'not ready within 30 s'],
  [{ cause: { why: 'late', within: 1500 }, served: false }, 'not ready within 1.5 s'],
  [{ cause: { why: 'late', within: 250 }, served: false }, 'not ready within 0.3 s'],
  [{ cause: { why: 'unwell', reason: 'no watchdog ping' } }, 'unwell: no watchdog ping'],
  [{ cause: { why: 'told' }, served: false }, 'exit 1'],
];

for (const [change, reason] of REASONS)
  it(`says "${reason}" of ${JSON.stringify(change)}`, () => assert.is(reasonOf(death(change)), reason));

it('tells the code or the signal, how long ago, and the last lines', () => {
  assert.equal(lastExit(death(), 1499.6, ['oops']), {
    reason: 'exit 1',
    code: 1,
    signal: null,
    ago: 500,
    tail: ['oops'],
  });
  const killed = lastExit(death({ ending: { how: 'signal', signal: 'SIGKILL' } }), 0, []);
  assert.equal([killed.code, killed.signal, killed.ago], [null, 'SIGKILL', 0]);
});

it.run();
