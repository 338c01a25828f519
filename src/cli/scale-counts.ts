import { SupError } from '../errors/sup-error.js';

/** `web=8 api=2` as counts. */
export function scaleCounts(words: readonly string[]): Record<string, number> {
  return Object.fromEntries(words.map(scaleCount));
}

function scaleCount(word: string): [string, number] {
  const [, group, count] = /^([^=]+)=(\d{1,6})$/.exec(word) ?? [];
  if (group !== undefined && count !== undefined) return [group, Number(count)];
  throw new SupError('E_USAGE', `${word} is not GROUP=COUNT`, 'such as `sup scale web=8 api=2`');
}
