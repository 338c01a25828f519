import { type ChildProcess, spawn } from 'node:child_process';
import { closeSync, openSync, readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { type Family, family, type Relative } from './family.js';
import { makeSandbox, type Sandbox } from './sandbox.js';
import { endsInSummary, readSkips, readSummary, type Skip } from './summary.js';

/** In seconds: for the whole file, for its process after uvu's summary, and for what it began after its own end. */
export type Patience = { readonly deadline: number; readonly summary: number; readonly children: number };

export type Result = {
  readonly file: string;
  readonly passed: number;
  readonly failed: number;
  readonly skipped: number;
  readonly skips: readonly Skip[];
  /** What is wrong besides the tests that failed; each counts as one failure. */
  readonly problems: readonly string[];
  readonly output: string;
  readonly seconds: number;
};

type Ending = { readonly code: number | null; readonly signal: string | null };

/** Runs one compiled test file in a process of its own; when it comes back nothing of it is left. */
export async function runFile(file: string, patience: Patience, stop: AbortSignal): Promise<Result> {
  const began = performance.now();
  const sandbox = makeSandbox();
  const child = begin(file, sandbox);
  const ending = ended(child);
  const relatives = family(child.pid ?? 0, sandbox.marker);
  const cut = await watch(ending, relatives, sandbox, patience, stop);
  const left = cut ? [] : await relatives.livingAfter(patience.children * 1000);
  await relatives.end();
  const output = readFileSync(sandbox.output, 'utf8');
  const problems = [cut ?? judge(output, await ending), leaked(left), sandbox.remove()];
  const seconds = (performance.now() - began) / 1000;
  return {
    file,
    ...count(
      output,
      problems.filter((problem) => problem !== null),
    ),
    output,
    seconds,
  };
}

function begin(file: string, sandbox: Sandbox): ChildProcess {
  const output = openSync(sandbox.output, 'a', 0o600);
  // A session of its own: Ctrl-C reaches the runner only, which then ends the whole family.
  const child = spawn(process.execPath, [file], {
    env: sandbox.env,
    stdio: ['ignore', output, output],
    detached: true,
  });
  closeSync(output);
  return child;
}

function ended(child: ChildProcess): Promise<Ending> {
  return new Promise((resolve, reject) => {
    child.once('exit', (code, signal) => resolve({ code, signal }));
    child.once('error', reject);
  });
}

/** Waits for the end of the file; null when it came, else why it is not waited for any longer. */
async function watch(
  ending: Promise<Ending>,
  relatives: Family,
  { output }: Sandbox,
  patience: Patience,
  stop: AbortSignal,
): Promise<string | null> {
  const until = performance.now() + patience.deadline * 1000;
  let quietUntil = Number.POSITIVE_INFINITY;
  for (;;) {
    const beat = sleep(Math.min(1000, patience.deadline * 100), 'beat' as const, {
      signal: stop,
      ref: false,
    });
    if ((await Promise.race([ending, beat.catch(() => 'stop' as const)])) instanceof Object) return null;
    const living = relatives.living();
    if (stop.aborted) return 'was stopped';
    if (performance.now() > until) return hung(`still ran after ${patience.deadline} s`, living);
    if (!endsInSummary(readFileSync(output, 'utf8'))) quietUntil = Number.POSITIVE_INFINITY;
    else quietUntil = Math.min(quietUntil, performance.now() + patience.summary * 1000);
    if (performance.now() > quietUntil) return hung('its tests ended, but its process did not', living);
  }
}

function judge(output: string, { code, signal }: Ending): string | null {
  const summary = readSummary(output);
  if (signal) return `was killed by ${signal}`;
  if (!summary)
    return code === 0 ? 'ran no test: is `.run()` missing?' : `ended with ${code} before its tests did`;
  if (summary.total + summary.skipped === 0) return 'ran 0 tests';
  return code !== 0 && summary.passed === summary.total ? `ended with ${code} though no test failed` : null;
}

function hung(what: string, living: readonly Relative[]): string {
  return [`${what}; killed:`, ...list(living)].join('\n');
}

function leaked(left: readonly Relative[]): string | null {
  return left.length === 0 ? null : ['left processes behind; killed:', ...list(left)].join('\n');
}

function list(relatives: readonly Relative[]): string[] {
  return relatives.map(({ pid, command }) => `    ${pid} ${command}`);
}

function count(output: string, problems: readonly string[]): Omit<Result, 'file' | 'output' | 'seconds'> {
  const { total, passed, skipped } = readSummary(output) ?? { total: 0, passed: 0, skipped: 0 };
  return { passed, failed: total - passed + problems.length, skipped, skips: readSkips(output), problems };
}
