import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import {
  compareWorkers,
  isNamed,
  logName,
  nextStamp,
  parseLogName,
  stampOf,
  timeOfStamp,
} from '../../src/logs/log-names.js';

const it = suite('log names');
const TIME = Date.parse('2026-11-25T14:04:24.123Z');

it('reads the names that it makes', () => {
  for (const log of [
    { worker: 'web.2', stamp: null, gz: false },
    { worker: 'my.log.0', stamp: stampOf(TIME), gz: false },
    { worker: 'web.2', stamp: stampOf(TIME), gz: true },
  ])
    assert.equal(parseLogName(logName(log)), log);
  assert.is(
    logName({ worker: 'web.2', stamp: stampOf(TIME), gz: true }),
    'web.2.log.20261125T140424.123Z.gz',
  );
});

it('takes nothing else for a log', () => {
  for (const name of [
    'web.2.log.idx',
    'web.2.log.20261125T140424.123Z.gz.tmp',
    'web.2.log.1',
    'web.2.txt',
    '.log',
  ])
    assert.is(parseLogName(name), null, name);
});

it('knows the time of a stamp', () => {
  assert.is(timeOfStamp(stampOf(TIME)), TIME);
});

it('never gives a stamp twice, nor an earlier one', () => {
  assert.is(nextStamp(TIME, null), stampOf(TIME));
  assert.is(nextStamp(TIME, stampOf(TIME)), stampOf(TIME + 1));
  assert.is(nextStamp(TIME - 86_400_000, stampOf(TIME)), stampOf(TIME + 1));
  assert.ok(
    nextStamp(Date.parse('2027-01-01T00:00:00Z'), null) > stampOf(Date.parse('2026-12-31T23:59:59.999Z')),
  );
});

it('takes a name for a group or for a worker', () => {
  assert.ok(isNamed('web.2', ['web']));
  assert.ok(isNamed('web.2', ['web.2']));
  assert.ok(isNamed('web.2', []));
  assert.not(isNamed('web.2', ['web.20', 'we']));
  assert.not(isNamed('web.2', ['web.1']));
  assert.ok(isNamed('web.api.2', ['web.api']));
  assert.not(isNamed('master', []));
});

it('sorts workers by number', () => {
  assert.equal(['web.10', 'api.1', 'web.2'].sort(compareWorkers), ['api.1', 'web.2', 'web.10']);
});

it.run();
