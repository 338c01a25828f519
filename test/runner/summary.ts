export type Skip = { readonly name: string; readonly reason: string };
export type Summary = { readonly total: number; readonly passed: number; readonly skipped: number };

/** The sum of what uvu wrote at its ends, one for each time that it came to one; null when it never did. */
export function readSummary(output: string): Summary | null {
  const [totals, passes, skips] = ['Total', 'Passed', 'Skipped'].map((word) => numbers(output, word));
  if (!totals?.length || totals.length !== passes?.length || totals.length !== skips?.length) return null;
  return { total: sum(totals), passed: sum(passes), skipped: sum(skips) };
}

/** Whether uvu came to its end and nothing was written since. */
export function endsInSummary(output: string): boolean {
  return /\n {2}Duration: +[\d.]+ms\s*$/.test(output);
}

/** One line for each test that `unless` left out; the runner reads it back with `readSkips`. */
export function skipLine({ name, reason }: Skip): string {
  return `~ skipped ${JSON.stringify(name)}: ${reason}\n`;
}

export function readSkips(output: string): Skip[] {
  return [...output.matchAll(/^~ skipped ("(?:[^"\\]|\\.)*"): (.*)$/gm)].map(
    ([, name = '""', reason = '']) => ({
      name: JSON.parse(name) as string,
      reason,
    }),
  );
}

function numbers(output: string, word: string): number[] {
  return [...output.matchAll(new RegExp(`^ {2}${word}: +(\\d+)`, 'gm'))].map(([, number]) => Number(number));
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((a, b) => a + b, 0);
}
