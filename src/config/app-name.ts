import { basename, dirname } from 'node:path';
import { readText } from '../system/files.js';
import { environment } from '../system/machine.js';
import { interpolate } from './interpolate.js';

/** The name of the app of a sup.yaml, also of one that is invalid: its top-level `name:`, else its folder's. */
export function appName(file: string): string {
  const written = /^name:[ \t]+(?:"([^"\n]*)"|'([^'\n]*)'|([^\s#][^#\n]*))/m.exec(readText(file) ?? '');
  const text = (written?.[1] ?? written?.[2] ?? written?.[3] ?? '').trim();
  const expanded = interpolate(text, environment());
  return 'text' in expanded && NAME.test(expanded.text) ? expanded.text : nameOfFolder(dirname(file));
}

/** What an app without a `name:` is called: its folder, in the letters that a name may have. */
export function nameOfFolder(folder: string): string {
  const name = basename(folder)
    .toLowerCase()
    .replace(/[^a-z0-9_-]+/g, '-')
    .replace(/^[^a-z0-9]+|-+$/g, '');
  return name || 'app';
}

const NAME = /^[A-Za-z0-9][A-Za-z0-9_-]*$/;
