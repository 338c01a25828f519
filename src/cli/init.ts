import { dirname, join, relative, resolve } from 'node:path';
import { SupError } from '../errors/sup-error.js';
import { fileInfo, listFolder, makeFolder, readText, replaceFile } from '../system/files.js';
import { packageDir } from '../system/package.js';
import { amount } from './units.js';

export const KINDS = ['node', 'php', 'python', 'static'] as const;

export type Written = { readonly kind: string; readonly dir: string; readonly files: readonly string[] };

/** Copies a template into a folder; nothing is written if one of its files is there already. */
export function init(kind: (typeof KINDS)[number], into: string): Written {
  const template = join(packageDir(), 'templates', 'init', kind);
  const dir = resolve(into);
  const files = filesBelow(template).map((file) => relative(template, file));
  const there = files.filter((file) => fileInfo(join(dir, file)));
  if (there.length > 0) throw conflict(dir, there);
  for (const file of files) copy(join(template, file), join(dir, file));
  return { kind, dir, files };
}

export function initWords({ dir, files }: Written): string[] {
  const here = relative(resolve(), dir);
  const enter = here === '' ? '' : `cd ${here} && `;
  return [...files.map((file) => `wrote ${join(here, file)}`), '', `Next: ${enter}sup check && sup start -d`];
}

function filesBelow(folder: string): string[] {
  return listFolder(folder).flatMap((name) => {
    const path = join(folder, name);
    return fileInfo(path)?.kind === 'folder' ? filesBelow(path) : [path];
  });
}

function copy(from: string, to: string): void {
  makeFolder(dirname(to));
  replaceFile(to, readText(from) ?? '', fileInfo(from)?.executable ? 0o755 : 0o644);
}

function conflict(dir: string, there: readonly string[]): SupError {
  const message = `${dir} has ${amount(there.length, 'file')} of this name already: ${there.join(', ')}`;
  return new SupError('E_FAILED', message, 'choose another folder: `sup init --dir FOLDER`');
}
