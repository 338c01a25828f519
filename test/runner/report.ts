import { relative } from 'node:path';
import type { Result } from './run-file.js';

/** `ok    config/load   12 passed   0.8 s` */
export function fileLine(root: string, result: Result): string {
  const { passed, failed, skipped, seconds } = result;
  const name = nameOf(root, result.file).padEnd(36);
  return `${failed > 0 ? 'FAIL' : 'ok  '}  ${name}  ${counts(passed, failed, skipped).padEnd(22)}  ${seconds.toFixed(1)} s`;
}

/** What failed with all that it wrote, what was skipped and why, the totals; the last line is for machines. */
export function endReport(root: string, results: readonly Result[], seconds: number): string {
  const failed = results.filter((result) => result.failed > 0);
  const total = (of: 'passed' | 'failed' | 'skipped'): number =>
    results.reduce((sum, result) => sum + result[of], 0);
  return [
    ...failed.map((result) => failure(root, result)),
    ...results.flatMap((result) => skips(root, result)),
    `\n${failed.length} of ${results.length} files failed, ${seconds.toFixed(1)} s`,
    lastLine(total('passed'), total('failed'), total('skipped')),
  ].join('\n');
}

function lastLine(passed: number, failed: number, skipped: number): string {
  return `${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`;
}

function failure(root: string, { file, output, problems, passed, failed }: Result): string {
  // uvu says nothing of what a hook threw, and ends with 0.
  const silent = failed > problems.length && !output.includes(' FAIL ');
  return [
    `\n---- ${nameOf(root, file)}: ${counts(passed, failed, 0)}`,
    output.trimEnd(),
    ...problems.map((problem) => `  ! ${nameOf(root, file)} ${problem}`),
    ...(silent ? ['  ! uvu names no failed test: a hook threw, or a test threw what is no Error'] : []),
  ].join('\n');
}

function skips(root: string, { file, skips, skipped }: Result): string[] {
  const bare = skipped - skips.length;
  return [
    ...skips.map(({ name, reason }) => `skipped  ${nameOf(root, file)}: ${name} (${reason})`),
    ...(bare > 0 ? [`skipped  ${nameOf(root, file)}: ${bare} without a reason`] : []),
  ];
}

function counts(passed: number, failed: number, skipped: number): string {
  const parts = [
    `${passed} passed`,
    failed > 0 ? `${failed} failed` : '',
    skipped > 0 ? `${skipped} skipped` : '',
  ];
  return parts.filter(Boolean).join(', ');
}

function nameOf(root: string, file: string): string {
  return relative(root, file).replace(/(\.test)?\.js$/, '');
}
