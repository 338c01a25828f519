import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { logQuery } from '../../src/cli/logs.js';

const it = suite('logs');
const bare = {
  logDir: '/log',
  names: [],
  follow: false,
  json: false,
  lines: undefined,
  since: undefined,
  grep: undefined,
};

it('shows the end of the logs', () => {
  assert.equal(logQuery(bare, 0), { logDir: '/log', names: [], lines: 50, since: null, grep: null });
});

it('shows all that fits when it is told what to look for', () => {
  assert.equal(logQuery({ ...bare, since: '10m' }, 1_000_000).since, 400_000);
  assert.equal(logQuery({ ...bare, since: '10m' }, 1_000_000).lines, null);
  assert.equal(logQuery({ ...bare, grep: 'a+' }, 0).grep, /a+/);
  assert.equal(logQuery({ ...bare, grep: 'a+', lines: 3 }, 0).lines, 3);
});

it('refuses what is no time and no pattern', () => {
  assert.throws(() => logQuery({ ...bare, since: 'soon' }, 0), /--since soon is no length of time/);
  assert.throws(() => logQuery({ ...bare, grep: '(' }, 0), /--grep: .*regular expression/i);
});

it.run();
