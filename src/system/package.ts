import { dirname, join } from 'node:path';
import { readText } from './files.js';

/** The folder of this package: templates and package.json are in it. */
export function packageDir(folder: string = import.meta.dirname): string {
  if (readText(join(folder, 'package.json')) !== null || dirname(folder) === folder) return folder;
  return packageDir(dirname(folder));
}

export function packageVersion(): string {
  const { version } = JSON.parse(readText(join(packageDir(), 'package.json')) ?? '{}');
  return version ?? 'unknown';
}
