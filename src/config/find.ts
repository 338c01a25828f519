import { dirname, join, resolve } from 'node:path';
import { ConfigMissing } from './errors.js';
import { look } from './on-disk.js';

const NAMES = ['sup.yaml', 'sup.yml'];

/** The sup.yaml of a folder or of the nearest one above it; or the file that was named, or the one in the folder that was named. */
export function findConfig(cwd: string, explicit?: string): string {
  if (explicit !== undefined) return named(resolve(cwd, explicit));
  for (let dir = resolve(cwd); ; dir = dirname(dir)) {
    const file = inFolder(dir);
    if (file !== null) return file;
    if (dir === dirname(dir)) throw new ConfigMissing(`there is no sup.yaml in ${resolve(cwd)} or above it`);
  }
}

function named(path: string): string {
  const seen = look(path);
  if (seen.kind === 'nothing') throw new ConfigMissing(`${path} ${seen.why}`);
  if (seen.kind !== 'folder') return path;
  const file = inFolder(path);
  if (file === null) throw new ConfigMissing(`there is no sup.yaml in ${path}`);
  return file;
}

function inFolder(dir: string): string | null {
  return NAMES.map((name) => join(dir, name)).find((path) => look(path).kind === 'file') ?? null;
}
