import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** The project's folder: the nearest one above with its templates. */
export const PROJECT = above(import.meta.dirname);

/** As the master names it in NODE_OPTIONS. */
export const PRELOAD = join(import.meta.dirname, '../../src/preload/preload.cjs');

function above(folder: string): string {
  if (folder === '/') throw new Error('no project above this file');
  return existsSync(join(folder, 'templates/init')) ? folder : above(dirname(folder));
}
