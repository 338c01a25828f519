import { basename, dirname } from 'node:path';
import { environment } from '../system/machine.js';
import { interpolate } from './interpolate.js';
import { readWhole } from './on-disk.js';
import { validName } from './valid-name.js';

/** The name of the app of a sup.yaml, also of one that is invalid: its top-level `name:`, else its folder's. */
export function appName(file: string): string {
  const read = readWhole(file);
  const written = /^name:[ \t]+(?:"([^"\n]*)"|'([^'\n]*)'|([^\s#][^#\n]*))/m.exec(
    read.kind === 'text' ? read.text : '',
  );
  const text = (written?.[1] ?? written?.[2] ?? written?.[3] ?? '').trim();
  const expanded = interpolate(text, environment());
  const name = 'text' in expanded ? expanded.text : '';
  return name !== '' && name === validName(name) ? name : validName(basename(dirname(file)));
}
