import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { advance, beginProgress, type Job, progressWords } from '../../src/cli/progress.js';
import type { Fact } from '../../src/control/protocol.js';
import { SAMPLE_STATUS, workerFact } from '../control/sample-status.js';

const it = suite('progress');
const after = (job: Job, names: readonly string[], facts: readonly Fact[]) =>
  progressWords(facts.reduce(advance, beginProgress(job, names, SAMPLE_STATUS)));

it('counts the newcomers that got ready, each once', () => {
  const facts = [
    workerFact('web.0', { part: 'newcomer', phase: 'starting' }),
    workerFact('web.0', { part: 'newcomer' }),
    workerFact('web.0', { part: 'holder' }),
    workerFact('web.1', { part: 'newcomer' }),
    workerFact('web.1', { part: 'leaver', phase: 'ready' }),
  ];
  assert.is(after('reload', ['web'], facts), 'reload: web 2/4 replaced');
});

it('expects only the workers that are named', () => {
  assert.is(
    after('restart', ['web.1', 'chat'], [workerFact('web.1')]),
    'restart: web 1/1 restarted, chat 0/1 restarted',
  );
});

it('counts those that stopped', () => {
  assert.is(after('stop', ['web'], [workerFact('web.3', { phase: 'idle' })]), 'stop: web 1/4 stopped');
});

it('does not guess how many there will be', () => {
  assert.is(after('scale', [], []), 'scale: under way');
  assert.is(after('scale', [], [workerFact('web.5')]), 'scale: web 1 done');
});

it('stays the same value where nothing new was said', () => {
  const begin = beginProgress('start', [], SAMPLE_STATUS);
  assert.is(advance(begin, workerFact('web.0', { phase: 'starting' })), begin);
});

it.run();
