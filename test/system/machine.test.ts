import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { cgroupCpus } from '../../src/system/cgroup.js';
import * as machine from '../../src/system/machine.js';
import { scratch } from './scratch.js';

const it = suite('machine');
const root = scratch();

function file(path: string, text: string): void {
  mkdirSync(join(root, path, '..'), { recursive: true });
  writeFileSync(join(root, path), text);
}

function withEnvironment<T>(changes: Record<string, string | undefined>, action: () => T): T {
  const before = { ...process.env };
  for (const [name, value] of Object.entries(changes)) {
    if (value === undefined) delete process.env[name];
    else process.env[name] = value;
  }
  try {
    return action();
  } finally {
    process.env = before;
  }
}

it('counts at least one CPU, and no more than there are', () => {
  assert.ok(machine.cpuCount() >= 1 && machine.cpuCount() <= 4096);
});

it('takes the narrowest quota of a v2 cgroup and those above it', () => {
  file('cpu.max', 'max 100000\n');
  file('pod/cpu.max', '150000 100000\n');
  file('pod/app/cpu.max', '400000 100000\n');
  assert.is(cgroupCpus('0::/pod/app\n', root), 1.5);
  assert.is(cgroupCpus('0::/other\n', root), Infinity);
});

it('takes the quota of a v1 cgroup, also where only the root is mounted', () => {
  file('cpu/cpu.cfs_quota_us', '200000\n');
  file('cpu/cpu.cfs_period_us', '100000\n');
  file('cpu/free/cpu.cfs_quota_us', '-1\n');
  file('cpu/free/cpu.cfs_period_us', '100000\n');
  assert.is(cgroupCpus('4:cpu,cpuacct:/docker/abc\n3:memory:/x\n', root), 2);
  assert.is(cgroupCpus('3:memory:/x\n', root), Infinity);
  assert.is(cgroupCpus('', root), Infinity);
});

it('keeps its folders where XDG says', () => {
  withEnvironment({ XDG_RUNTIME_DIR: '/x', XDG_STATE_HOME: '/y' }, () => {
    assert.is(machine.runtimeBase(), '/x/sup');
    assert.is(machine.logBase(), '/y/sup');
  });
  withEnvironment({ XDG_RUNTIME_DIR: undefined, XDG_STATE_HOME: undefined }, () => {
    const isRoot = machine.ownUser().uid === 0;
    assert.is(machine.runtimeBase(), isRoot ? '/run/sup' : `/tmp/sup-${machine.ownUser().uid}`);
    assert.match(machine.logBase(), isRoot ? /^\/var\/log\/sup$/ : /\/\.local\/state\/sup$/);
  });
});

it('uses colour where the user wants it', () => {
  const colour = (changes: Record<string, string>) =>
    withEnvironment(
      { NO_COLOR: undefined, FORCE_COLOR: undefined, ...changes },
      () => machine.terminal().colour,
    );
  assert.is(colour({ FORCE_COLOR: '1' }), true);
  assert.is(colour({ FORCE_COLOR: '1', NO_COLOR: '1' }), false);
  assert.is(colour({ FORCE_COLOR: '0' }), false);
  assert.is(colour({ TERM: 'dumb' }), false);
});

it('gives a copy of the environment', () => {
  const copy = machine.environment();
  copy['SUP_TEST_COPY'] = '1';
  assert.is(process.env['SUP_TEST_COPY'], undefined);
  assert.is(copy['PATH'], process.env['PATH']);
});

it.run();
