import { chmodSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import type { GroupConfig } from '../../src/config/app.js';
import { launchProblem, launchReason } from '../../src/master/launch-problem.js';
import { someConfig } from '../group/some-config.js';
import { scratch } from '../system/scratch.js';

const it = suite('launch problem');
const PATH = '/usr/bin:/bin';
const isRoot = process.getuid?.() === 0;

const folder = scratch();
mkdirSync(join(folder, 'bin'));
writeFileSync(join(folder, 'run'), '#!/bin/sh\n');
writeFileSync(join(folder, 'bin', 'mine'), '#!/bin/sh\n');
writeFileSync(join(folder, 'plain'), '');
chmodSync(join(folder, 'run'), 0o755);
chmodSync(join(folder, 'bin', 'mine'), 0o755);

const of = (change: Partial<GroupConfig>, path = PATH) =>
  launchProblem(someConfig({ cwd: folder, command: ['sh'], ...change }), path);

it('is none for a program that can be run', () => {
  assert.is(of({}), null);
  assert.is(of({ command: ['./run'] }), null);
  assert.is(of({ command: [join(folder, 'run')] }), null);
});

it('names the working folder that is not there, or is none', () => {
  const gone = join(folder, 'gone');
  assert.is(of({ cwd: gone }), `the working folder ${gone} does not exist`);
  const file = join(folder, 'plain');
  assert.is(of({ cwd: file }), `the working folder ${file} is not a folder`);
});

it('names the program that is nowhere in PATH, with that PATH', () => {
  assert.is(of({ command: ['no-such'] }), 'no-such was not found in PATH (/usr/bin:/bin)');
  assert.is(of({ command: [] }), ' was not found in PATH (/usr/bin:/bin)');
});

it('looks into relative folders of PATH from the working folder', () => {
  assert.is(of({ command: ['mine'] }, '/bin:bin'), null);
  assert.is(of({ command: ['mine'] }, '/bin'), 'mine was not found in PATH (/bin)');
});

it('names the file that is not there, is a folder, or cannot be executed', () => {
  assert.is(of({ command: ['./gone'] }), `${join(folder, 'gone')} does not exist`);
  assert.is(of({ command: ['./bin'] }), `${join(folder, 'bin')} is not a file`);
  const plain = join(folder, 'plain');
  assert.is(of({ command: ['./plain'] }), `${plain} is not executable: chmod +x ${plain}`);
});

it('names the user or the group that there is not', () => {
  assert.is(of({ user: 'no-such-user' }), 'there is no user no-such-user');
  assert.is(of({ group: 'no-such-group' }), 'there is no group no-such-group');
});

it('lets only root run it as somebody else', () => {
  const problem = of({ user: isRoot ? 'nobody' : 'root' });
  if (isRoot) assert.is(problem, null);
  else assert.match(problem ?? '', /^only root can run it as root; this master is /);
});

it('says what to look at when the system refuses', () => {
  const refused = (code: string) => launchReason(Object.assign(new Error('raw'), { code }));
  assert.match(refused('EAGAIN'), 'ulimit -u');
  assert.match(refused('EMFILE'), 'ulimit -n');
  assert.match(refused('E2BIG'), 'too long');
  assert.is(refused('EIO'), 'raw');
  assert.is(launchReason('odd'), 'odd');
});

it.run();
