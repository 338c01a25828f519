/** The candidate that `word` most likely meant; null when none is near. Case, `-` and `_` do not count. */
export function nearest(word: string, candidates: readonly string[]): string | null {
  let best: string | null = null;
  let least = Math.min(3, Math.max(1, Math.floor(word.length / 3))) + 1;
  for (const candidate of candidates) {
    const far = distance(plain(word), plain(candidate));
    if (far < least) [best, least] = [candidate, far];
  }
  return best;
}

function plain(word: string): string {
  return word.toLowerCase().replace(/[-_]/g, '');
}

/** Insertions, deletions, replacements and swaps of neighbours that make `a` into `b`. */
function distance(a: string, b: string): number {
  const [from, to] = [a.slice(0, 80), b.slice(0, 80)];
  let before: number[] = [];
  let row = Array.from({ length: to.length + 1 }, (_, at) => at);
  for (let i = 1; i <= from.length; i += 1) {
    const next = [i];
    for (let j = 1; j <= to.length; j += 1) {
      const same = from[i - 1] === to[j - 1] ? 0 : 1;
      const swap = i > 1 && j > 1 && from[i - 1] === to[j - 2] && from[i - 2] === to[j - 1];
      next.push(
        Math.min(
          cell(next, j - 1) + 1,
          cell(row, j) + 1,
          cell(row, j - 1) + same,
          swap ? cell(before, j - 2) + 1 : 99,
        ),
      );
    }
    [before, row] = [row, next];
  }
  return cell(row, to.length);
}

function cell(row: readonly number[], at: number): number {
  return row[at] ?? 99;
}
