import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { commandLine } from '../../src/master/command-line.js';
import { someConfig } from '../group/some-config.js';

const it = suite('command line');
const HTTP = { name: 'http', kind: 'tcp', host: '127.0.0.1', port: 80 } as const;

it('is the command alone where nothing is to be set', () => {
  assert.equal(commandLine(someConfig(), null), ['node', 'server.js']);
});

it('sets niceness, also of 0 and below', () => {
  assert.equal(commandLine(someConfig({ nice: 5 }), null).slice(0, 3), ['nice', '-n', '5']);
  assert.equal(commandLine(someConfig({ nice: -3 }), null).slice(0, 3), ['nice', '-n', '-3']);
  assert.equal(commandLine(someConfig({ nice: 0 }), null).slice(0, 3), ['nice', '-n', '0']);
});

it('sets limits soft and hard, null as unlimited', () => {
  const limits = { nofile: 1024, core: 0, memlock: null };
  const words = ['prlimit', '--nofile=1024:1024', '--core=0:0', '--memlock=unlimited:unlimited'];
  assert.equal(commandLine(someConfig({ limits }), null), [...words, 'node', 'server.js']);
});

it('tells LISTEN_PID by a shell that execs, where there are sockets', () => {
  assert.equal(commandLine(someConfig({ listen: [HTTP] }), null), [
    '/bin/sh',
    '-c',
    'LISTEN_PID=$$ exec "$@"',
    'sh',
    'node',
    'server.js',
  ]);
});

it('takes the groups of the user, or none where only the group is set', () => {
  const asUser = commandLine(someConfig(), { uid: 33, gid: 34, initGroups: true });
  assert.equal(asUser.slice(0, 4), ['setpriv', '--reuid=33', '--regid=34', '--init-groups']);
  const asGroup = commandLine(someConfig(), { uid: 0, gid: 34, initGroups: false });
  assert.equal(asGroup.slice(0, 4), ['setpriv', '--reuid=0', '--regid=34', '--clear-groups']);
});

it('does what needs root before it gives root up', () => {
  const config = someConfig({ nice: -5, limits: { nofile: 9 }, listen: [HTTP] });
  const words = commandLine(config, { uid: 33, gid: 33, initGroups: true });
  const order = ['nice', 'prlimit', '/bin/sh', 'setpriv', 'node'].map((word) => words.indexOf(word));
  assert.equal(
    order,
    order.toSorted((a, b) => a - b),
  );
  assert.ok(order.every((at) => at >= 0));
});

it.run();
