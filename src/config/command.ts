import type { At } from './field.js';
import { expand } from './scalars.js';
import { splitWords } from './words.js';

/** The words for exec; none when the command is wrong, which was reported. */
export function commandWords(command: string | readonly string[], shell: boolean, at: At): readonly string[] {
  if (typeof command !== 'string') return listed(command, shell, at);
  if (!shell) return split(command, at);
  const line = expand(command, at);
  return line === undefined ? [] : ['/bin/sh', '-c', line];
}

function listed(words: readonly string[], shell: boolean, at: At): readonly string[] {
  if (shell) at.report('`shell: true` takes a line, not a list');
  return words;
}

/** Variables are filled in after the split, so that a value with spaces stays one word. */
function split(line: string, at: At): readonly string[] {
  const split = splitWords(line);
  if (!('words' in split)) at.report(split.message, split.hint);
  else if (split.words.length === 0) at.report('is empty');
  if (!('words' in split)) return [];
  const words = split.words.map((word) => expand(word, at)).filter((word) => word !== undefined);
  return words.length === split.words.length ? words : [];
}
