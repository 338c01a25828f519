import { accessSync, constants } from 'node:fs';
import { join } from 'node:path';
import type { Test } from 'uvu';
import { skipLine } from './summary.js';

/** `unless(missing('php'), it)('answers', async () => …)`: with a reason the test is skipped, and the runner tells why. */
export function unless<T>(reason: string | null, it: Test<T>): (...test: Parameters<Test<T>>) => void {
  if (reason === null) return it;
  return (name, test) => {
    process.stdout.write(skipLine({ name, reason }));
    it.skip(name, test);
  };
}

/** The first of these programs that is not on the PATH, as a reason to skip; null when all are there. */
export function missing(...programs: readonly string[]): string | null {
  const absent = programs.find((program) => !isOnPath(program));
  return absent === undefined ? null : `${absent} is not installed`;
}

export function notRoot(): string | null {
  return process.getuid?.() === 0 ? null : 'needs root';
}

function isOnPath(program: string): boolean {
  return (process.env['PATH'] ?? '').split(':').some((folder) => isExecutable(join(folder, program)));
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
