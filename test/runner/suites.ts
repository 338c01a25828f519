import { existsSync, readdirSync, statSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join, relative, resolve, sep } from 'node:path';

export type Suite = {
  readonly folders: readonly string[] | 'the rest';
  readonly deadline: number;
  readonly atOnce: number;
};

/** Each folder of a suite is out of the default one; `deadline` is in seconds and holds for one file. */
export const SUITES: Readonly<Record<string, Suite>> = {
  default: { folders: 'the rest', deadline: 300, atOnce: Math.max(1, availableParallelism()) },
  // These measure under load: two at once would measure each other.
  slow: { folders: ['journeys-slow'], deadline: 900, atOnce: 1 },
  hosts: { folders: ['hosts'], deadline: 900, atOnce: 1 },
};

const APART = [
  'bench',
  ...Object.values(SUITES).flatMap(({ folders }) => (folders === 'the rest' ? [] : folders)),
];
/** What takes longest begins first, so that nothing long is left alone at the end. */
const LONG = ['simulation', 'journeys'];

/** The compiled test files of a suite whose path holds one of the patterns; a pattern may also be a file. */
export function filesOf(root: string, suite: Suite, patterns: readonly string[]): string[] {
  const named = patterns.filter((pattern) => pattern.endsWith('.js') && existsSync(pattern));
  const words = patterns.filter((pattern) => !named.includes(pattern));
  const found = compiledTests(root)
    .filter((file) => belongs(relative(root, file), suite))
    .filter((file) => patterns.length === 0 || words.some((word) => relative(root, file).includes(word)));
  return longestFirst(root, [...new Set([...named.map((file) => resolve(file)), ...found])]);
}

function compiledTests(root: string): string[] {
  return readdirSync(root, { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith('.test.js') && !isStale(root, path))
    .map((path) => join(root, path));
}

// tsc leaves in dist/ what it once made of a source that is gone.
function isStale(root: string, path: string): boolean {
  const sources = join(root, '../../test');
  return existsSync(join(sources, 'run.ts')) && !existsSync(join(sources, path.replace(/\.js$/, '.ts')));
}

function belongs(path: string, suite: Suite): boolean {
  const folder = path.split(sep)[0] ?? '';
  return suite.folders === 'the rest' ? !APART.includes(folder) : suite.folders.includes(folder);
}

function longestFirst(root: string, files: readonly string[]): string[] {
  const weight = (file: string): number =>
    (LONG.includes(relative(root, file).split(sep)[0] ?? '') ? 1e9 : 0) + statSync(file).size;
  return [...files].sort((a, b) => weight(b) - weight(a) || a.localeCompare(b));
}
