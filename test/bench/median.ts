const sorted = (samples: readonly number[]): number[] => [...samples].sort((a, b) => a - b);

export function median(samples: readonly number[]): number {
  const all = sorted(samples);
  const middle = Math.floor(all.length / 2);
  const upper = all[middle] ?? Number.NaN;
  return all.length % 2 === 1 ? upper : ((all[middle - 1] ?? Number.NaN) + upper) / 2;
}

/** The tenth and the ninetieth percentile; of fewer than ten samples the least and the most. */
export function spread(samples: readonly number[]): readonly [number, number] {
  const all = sorted(samples);
  const skip = Math.floor(all.length / 10);
  return [all[skip] ?? Number.NaN, all[all.length - 1 - skip] ?? Number.NaN];
}
