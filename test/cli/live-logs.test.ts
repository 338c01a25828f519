import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { painter } from '../../src/cli/colour.js';
import { liveLogs } from '../../src/cli/live-logs.js';
import { workerFact } from '../control/sample-status.js';

const it = suite('live-logs');
const groups = [
  { name: 'web', count: 12 },
  { name: 'db', count: 1 },
];

it('sets the names in one column, the master among them', () => {
  const live = liveLogs(groups, painter(false));
  assert.is(live.line({ worker: 'web.11', line: 'GET /' }), 'web.11 | GET /');
  assert.is(live.line({ worker: 'db.0', line: '' }), 'db.0   | ');
  assert.is(live.fact(workerFact('db.0')), 'sup    | db.0 is ready');
});

it('gives each group its colour', () => {
  const live = liveLogs(groups, painter(true));
  assert.is(live.line({ worker: 'web.0', line: 'a' }), '\u001b[36mweb.0  |\u001b[0m a');
  assert.is(live.line({ worker: 'db.0', line: 'b' }), '\u001b[33mdb.0   |\u001b[0m b');
  assert.is(live.line({ worker: 'late.0', line: 'c' }), '\u001b[32mlate.0 |\u001b[0m c');
});

it.run();
