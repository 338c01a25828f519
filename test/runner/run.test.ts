import { spawn, spawnSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';

const it = suite('run');
const RUN = join(import.meta.dirname, '../run.js');

it('prints one line a file, the reason of each skip, and the counts last', () => {
  const { status, stdout } = runner('passes');
  assert.is(status, 0, stdout);
  assert.match(stdout, /^ok .*passes +2 passed, 1 skipped +\d+\.\d s$/m);
  assert.match(stdout, 'runs a "program" (no-such-program is not installed)');
  assert.is(lastLine(stdout), '2 passed, 0 failed, 1 skipped');
});

it('ends with 1 and shows the output of the file that failed', () => {
  const { status, stdout } = runner('fails-one', 'forgets-run');
  assert.is(status, 1);
  assert.match(stdout, /^FAIL .*fails-one +1 passed, 1 failed/m);
  assert.match(stdout, '"does not hold"');
  assert.match(stdout, 'is `.run()` missing?');
  assert.is(lastLine(stdout), '1 passed, 2 failed');
});

it('says where uvu is silent', () => {
  assert.match(runner('hook-throws').stdout, 'a hook threw');
});

it('fails when nothing is to be run', () => {
  const { status, stdout } = spawnSync(process.execPath, [RUN, 'no-such-file'], { encoding: 'utf8' });
  assert.is(status, 1);
  assert.is(lastLine(stdout), '0 passed, 1 failed');
});

it('refuses a suite that it does not know', () => {
  const { status, stdout } = spawnSync(process.execPath, [RUN, '--suite', 'none'], { encoding: 'utf8' });
  assert.is(status, 1);
  assert.match(stdout, 'usage:');
});

it('leaves no process and no folder behind when it is interrupted', async () => {
  const run = spawn(process.execPath, [RUN, fixture('hangs')], { stdio: ['ignore', 'pipe', 'inherit'] });
  const output = run.stdout.setEncoding('utf8').toArray();
  const ended = new Promise<number | null>((resolve) => run.once('exit', resolve));
  await until(() => offspring(run.pid).length > 0);
  run.kill('SIGINT');
  assert.is(await ended, 130);
  assert.match((await output).join(''), 'was stopped');
  assert.equal(offspring(run.pid), []);
});

function runner(...names: readonly string[]): { status: number | null; stdout: string } {
  return spawnSync(process.execPath, [RUN, ...names.map(fixture)], { encoding: 'utf8' });
}

function fixture(name: string): string {
  return join(import.meta.dirname, 'fixtures', `${name}.js`);
}

function lastLine(text: string): string | undefined {
  return text.trimEnd().split('\n').at(-1);
}

/** The `sleep 3601` of the fixture that this file's run began: their markers begin with ours. */
function offspring(runner: number | undefined): string[] {
  assert.ok(runner);
  const ours = `SUP_TEST_FILE=${process.env['SUP_TEST_FILE'] ?? ''}`;
  return readdirSync('/proc').filter(
    (pid) =>
      /^\d+$/.test(pid) &&
      read(`/proc/${pid}/cmdline`).startsWith('sleep\x003601') &&
      read(`/proc/${pid}/environ`).includes(ours),
  );
}

function read(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return '';
  }
}

async function until(holds: () => boolean): Promise<void> {
  for (const end = performance.now() + 60_000; !holds(); await sleep(50)) {
    assert.ok(performance.now() < end, 'waited for 60 s');
  }
}

it.run();
