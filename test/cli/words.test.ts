import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import {
  changeWords,
  crowd,
  eventWords,
  factWords,
  signalWords,
  startWords,
  stopWords,
} from '../../src/cli/words.js';
import type { ChangeReport, Fact } from '../../src/control/protocol.js';
import { SAMPLE_STATUS, workerFact } from '../control/sample-status.js';

const it = suite('words');
const last = { reason: 'exit 1', code: 1, signal: null, ago: 0, tail: [] };
const stamp = { seq: 7, at: '2025-01-02T03:04:05.678Z' };

it('says each step of a life', () => {
  const facts = [
    workerFact('web.1', { phase: 'starting' }),
    workerFact('web.1', { phase: 'starting', pid: null, part: 'newcomer' }),
    workerFact('web.1'),
    workerFact('web.1', { phase: 'stopping' }),
    workerFact('web.1', { phase: 'idle' }),
    workerFact('web.1', { phase: 'waiting', last, nextTryIn: 200 }),
    workerFact('web.1', { phase: 'waiting', last, nextTryIn: 27_000, crashLooping: true }),
    workerFact('web.1', { phase: 'ended', last: { ...last, reason: 'exit 0' } }),
    workerFact('web.1', { phase: 'failed', last }),
  ];
  assert.equal(facts.map(factWords), [
    'web.1 starts (pid 4300)',
    'web.1 (newcomer) starts',
    'web.1 is ready',
    'web.1 is stopping',
    'web.1 stopped',
    'web.1 died: exit 1, next try in 200 ms',
    'web.1 is crash-looping: exit 1, next try in 27 s',
    'web.1 ended: exit 0',
    'web.1 gave up: exit 1',
  ]);
});

it('says the other facts', () => {
  const facts: Fact[] = [
    { ...stamp, kind: 'job', group: 'web', job: 'reload', state: 'failed', reason: 'web.0 ended: exit 1' },
    { ...stamp, kind: 'job', group: 'web', job: 'start', state: 'began', reason: null },
    { ...stamp, kind: 'app', state: 'stopping', detail: '' },
    { ...stamp, kind: 'app', state: 'reread', detail: '/srv/shop/sup.yaml' },
    { ...stamp, kind: 'says', worker: 'web.0', text: 'hello' },
    { ...stamp, kind: 'loss', worker: 'web.0', bytes: 2048, reason: 'the disk is full' },
  ];
  assert.equal(facts.map(factWords), [
    'reload of web failed: web.0 ended: exit 1',
    'start of web began',
    'the app is stopping',
    'the app was read again: /srv/shop/sup.yaml',
    'web.0 says: hello',
    'web.0 lost 2K of its log: the disk is full',
  ]);
});

it('gives events their time', () => {
  assert.is(eventWords(workerFact('web.1')), '2025-01-02T03:04:05.678Z  web.1 is ready');
});

it('names one worker, and counts many', () => {
  assert.is(crowd(['web.0', 'web.1', 'chat.0', 'a.b.0', 'a.b.1']), 'web (2), chat.0, a.b (2)');
});

it('reports a start, a stop and signals', () => {
  const status = SAMPLE_STATUS;
  assert.equal(startWords({ started: ['web.1'], already: ['web.0'], status }), [
    'already running: web.0',
    'started: web.1',
  ]);
  assert.equal(startWords({ started: [], already: ['web.0'], status }), [
    'already running: web.0',
    'nothing was missing',
  ]);
  assert.equal(stopWords({ stopped: ['web.0', 'web.1'], masterEnds: true }), [
    'stopped: web (2)',
    'the master has ended',
  ]);
  assert.equal(stopWords({ stopped: [], masterEnds: false }), ['nothing was running']);
  assert.equal(signalWords({ sent: [{ worker: 'web.0', pid: 7 }] }, 'SIGHUP'), [
    'SIGHUP sent to web.0 (pid 7)',
  ]);
  assert.equal(signalWords({ sent: [] }, 'SIGHUP'), ['nothing was running']);
});

const CHANGES: ChangeReport = {
  plan: true,
  took: 3210,
  changes: [
    { group: 'same', does: 'nothing', workers: [], keys: [], count: { from: 1, to: 1 } },
    { group: 'new', does: 'add', workers: ['new.0', 'new.1'], keys: [], count: { from: 0, to: 2 } },
    { group: 'old', does: 'remove', workers: ['old.0'], keys: [], count: { from: 1, to: 0 } },
    {
      group: 'web',
      does: 'replace',
      workers: ['web.0', 'web.1'],
      keys: ['command', 'env.A'],
      count: { from: 1, to: 2 },
    },
    { group: 'php', does: 'signal', workers: ['php.0'], keys: [], count: { from: 1, to: 1 } },
    { group: 'log', does: 'adjust', workers: [], keys: ['logs'], count: { from: 1, to: 1 } },
    { group: 'big', does: 'scale', workers: ['big.1'], keys: ['count'], count: { from: 2, to: 1 } },
    { group: 'job', does: 'restart', workers: ['job.0'], keys: [], count: { from: 1, to: 1 } },
  ],
};

it('says what a plan would do, and why', () => {
  assert.equal(changeWords(CHANGES), [
    'same: would stay as it is',
    'new: would be added with 2 workers',
    'old: would be removed with 1 worker',
    'web: would replace 2 workers, count 1 → 2 (command, env.A)',
    'php: would signal 1 worker',
    'log: would be adjusted in place (logs)',
    'big: would be scaled from 2 to 1 worker (count)',
    'job: would restart 1 worker',
    'this is a plan, nothing was touched',
  ]);
});

it('says what was done', () => {
  assert.equal(changeWords({ ...CHANGES, plan: false }), [
    'same: unchanged',
    'new: added with 2 workers',
    'old: removed with 1 worker',
    'web: replaced 2 workers, count 1 → 2 (command, env.A)',
    'php: signalled 1 worker',
    'log: adjusted in place (logs)',
    'big: scaled from 2 to 1 worker (count)',
    'job: restarted 1 worker',
    'done in 3.2 s',
  ]);
  assert.equal(changeWords({ plan: false, took: 1, changes: [] }), ['nothing to do']);
});

it.run();
