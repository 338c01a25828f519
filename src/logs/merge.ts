import type { Run } from './runs.js';

/** Runs of several workers, each in its own order, as one sequence by time. */
export async function* merge(sources: readonly AsyncGenerator<Run>[]): AsyncGenerator<Run> {
  const heads: { run: Run; source: AsyncGenerator<Run> }[] = [];
  for (const source of sources) {
    const { value, done } = await source.next();
    if (!done) heads.push({ run: value, source });
  }
  while (heads.length > 0) {
    const first = heads.reduce((a, b) => (b.run.at < a.run.at ? b : a));
    yield first.run;
    const { value, done } = await first.source.next();
    if (done) heads.splice(heads.indexOf(first), 1);
    else first.run = value;
  }
}
