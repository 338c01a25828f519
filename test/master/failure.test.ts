import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { DetailedError } from '../../src/errors/detailed-error.js';
import { type Failed, failure } from '../../src/master/failure.js';

const it = suite('failure');
const WORDS = { code: 'E_RELOAD_REFUSED', what: 'reload refused', hint: 'mend it' } as const;

const FAILED: Failed = {
  ok: false,
  why: 'failed',
  slot: 1,
  death: { life: 5, at: 0, ending: { how: 'code', code: 1 }, cause: null, served: false },
};

it('names the worker, the reason, and the last lines of that very life', () => {
  const tailOf = (group: string, life: number) => [`last of ${group}#${life}`];
  const error = failure('web', FAILED, WORDS, tailOf);
  assert.is(error.message, 'reload refused: web.1 ended: exit 1 before it was ready\n  | last of web#5');
  assert.equal([error.code, error.hint, error.exitCode], ['E_RELOAD_REFUSED', 'mend it', 4]);
  assert.ok(error instanceof DetailedError);
  assert.equal(error instanceof DetailedError && error.detail, {
    worker: 'web.1',
    reason: 'ended: exit 1 before it was ready',
    tail: ['last of web#5'],
  });
});

it('has no last lines of a program that goes on', () => {
  const error = failure('web', { ok: false, why: 'unconfirmed', slot: 0, within: 5000 }, WORDS, () => ['x']);
  assert.is(error.message, 'reload refused: web.0 did not confirm the reload within 5 s');
});

it('is no failure of the program when a stop came in between', () => {
  const error = failure('web', { ok: false, why: 'superseded', by: 'stop' }, WORDS, () => []);
  assert.is(error.code, 'E_SUPERSEDED');
});

it.run();
