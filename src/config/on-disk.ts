import { relative } from 'node:path';
import { type FileInfo, fileInfo, readText } from '../system/files.js';

/** What lies there, or why nobody can tell. */
export type Seen = FileInfo | { readonly kind: 'nothing'; readonly why: string };

export function look(path: string): Seen {
  return attempt(() => fileInfo(path), 'does not exist');
}

export type Text =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'nothing'; readonly why: string };

export function readWhole(path: string): Text {
  const seen = look(path);
  if (seen.kind === 'nothing') return seen;
  if (seen.kind === 'folder') return { kind: 'nothing', why: 'is a folder' };
  return attempt(() => asText(readText(path)), 'does not exist');
}

function asText(text: string | null): Text | null {
  return text === null ? null : { kind: 'text', text };
}

function attempt<T>(
  act: () => T | null,
  without: string,
): T | { readonly kind: 'nothing'; readonly why: string } {
  try {
    return act() ?? { kind: 'nothing', why: without };
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : String(error);
    return {
      kind: 'nothing',
      why: code === 'EACCES' ? 'may not be read by this user' : `cannot be read (${code})`,
    };
  }
}

/** The path as people name it: from the folder, where it lies in there. */
export function nameIn(dir: string, path: string): string {
  const inside = relative(dir, path);
  return inside === '' || inside === '..' || inside.startsWith('../') ? path : inside;
}
