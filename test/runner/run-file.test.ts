import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { type Patience, type Result, runFile } from './run-file.js';

const it = suite('run file');
const PATIENT = { deadline: 120, summary: 60, children: 20 };

it('counts what passed and names what was skipped, with the reason', async () => {
  const result = await run('passes');
  assert.equal([result.passed, result.failed, result.skipped], [2, 0, 1]);
  assert.equal(result.skips, [{ name: 'runs a "program"', reason: 'no-such-program is not installed' }]);
});

it('counts a test that fails', async () => {
  const result = await run('fails-one');
  assert.equal([result.passed, result.failed, result.problems], [1, 1, []]);
  assert.match(result.output, 'does not hold');
});

it('fails a file that forgot `.run()`', async () => {
  assert.match(await onlyProblem('forgets-run'), 'ran no test: is `.run()` missing?');
});

it('fails a file without a test', async () => {
  assert.match(await onlyProblem('has-no-test'), 'ran 0 tests');
});

it('fails the tests that a throwing hook kept from running, though uvu ends with 0', async () => {
  const result = await run('hook-throws');
  assert.equal([result.passed, result.failed], [0, 1]);
});

it('fails a file whose process is killed', async () => {
  assert.match(await onlyProblem('dies'), 'was killed by SIGKILL');
});

it('ends a file that hangs at its deadline, with all that it started, and keeps its output', async () => {
  const result = await run('hangs', { ...PATIENT, deadline: 4 });
  assert.match(result.problems.join(), /still ran after 4 s; killed:\n.*sleep 3601/s);
  assert.match(result.output, 'before the hang');
  assert.not(lives(pidBefore('sleep 3601', result)));
});

it('does not wait for the deadline when the tests ended and the process stays', async () => {
  const result = await run('stays-open', { ...PATIENT, summary: 1 });
  assert.equal([result.passed, result.failed], [1, 1]);
  assert.match(result.problems.join(), 'its tests ended, but its process did not');
});

it('fails a file that leaves a process behind, names its command line and kills it', async () => {
  const result = await run('leaks-a-child', { ...PATIENT, children: 0.2 });
  assert.equal([result.passed, result.failed], [1, 1]);
  assert.match(result.problems.join(), /left processes behind; killed:\n.*sleep 3602/);
  assert.not(lives(pidBefore('sleep 3602', result)));
});

it('gives each file private folders under a short path and a clean environment, and removes them', async () => {
  process.env['NODE_EXTRA_CA_CERTS'] = '/nowhere';
  const facts = surroundings(await run('tells-its-surroundings'));
  const folder = dirname(facts['HOME'] ?? '');
  assert.match(folder, /^\/tmp\/st-\w{6}$/);
  assert.equal(
    [facts['XDG_RUNTIME_DIR'], facts['XDG_STATE_HOME'], facts['TMPDIR']],
    ['r', 's', 't'].map((name) => join(folder, name)),
  );
  assert.equal(
    [facts['mode'], facts['NODE_EXTRA_CA_CERTS'], facts['NODE_OPTIONS']],
    ['700', undefined, undefined],
  );
  assert.not(existsSync(folder));
});

it('ends the file at once when the run is stopped', async () => {
  const stop = new AbortController();
  const result = runFile(fixture('hangs'), PATIENT, stop.signal);
  stop.abort();
  assert.equal((await result).problems, ['was stopped']);
});

function run(name: string, patience: Patience = PATIENT): Promise<Result> {
  return runFile(fixture(name), patience, new AbortController().signal);
}

function fixture(name: string): string {
  return join(import.meta.dirname, 'fixtures', `${name}.js`);
}

async function onlyProblem(name: string): Promise<string> {
  const { passed, failed, problems } = await run(name);
  assert.equal([passed, failed, problems.length], [0, 1, 1]);
  return problems.join();
}

function pidBefore(command: string, { problems }: Result): number {
  const pid = new RegExp(`(\\d+) ${command}`).exec(problems.join())?.[1];
  assert.ok(pid, `no pid before ${command}`);
  return Number(pid);
}

// A zombie has no command line; who reaps an orphan, and when, is up to the machine.
function lives(pid: number): boolean {
  return existsSync(`/proc/${pid}`) && readFileSync(`/proc/${pid}/cmdline`, 'utf8') !== '';
}

function surroundings({ output }: Result): Record<string, string> {
  return JSON.parse(/^FACTS (.*)$/m.exec(output)?.[1] ?? '{}') as Record<string, string>;
}

it.run();
