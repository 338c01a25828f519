import { execFileSync } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { missing, unless } from '../runner/needs.js';
import { provesAlone } from './alone.js';
import { provesTemplate, template } from './load.js';

const it = suite('the static template');
const build = missing('go');
const folder = mkdtempSync(join(tmpdir(), 'sup-static-'));

it.before(() => {
  if (build !== null) return;
  cpSync(template('static'), folder, { recursive: true });
  // The cache of this user, not of the test's HOME: without one, go compiles its whole library for half a minute.
  const GOCACHE = process.env['GOCACHE'] ?? join(userInfo().homedir, '.cache/go-build');
  const env = { ...process.env, CGO_ENABLED: '0', GOTOOLCHAIN: 'local', GOCACHE };
  execFileSync('go', ['build', '-o', 'server', '.'], { cwd: folder, env });
});

it.after(() => rmSync(folder, { recursive: true, force: true }));

unless(build, it)('is one static binary', () => {
  const binary = readFileSync(join(folder, 'server'), 'latin1');
  assert.not.ok(binary.includes('ld-linux'), 'it names a dynamic loader');
});

unless(build, it)('opens the port by itself', () => provesAlone(['./server'], folder));

unless(build, it)('loses no request in ten replaces', () =>
  provesTemplate({ command: ['./server'], cwd: folder }, '/whoami'),
);

it.run();
