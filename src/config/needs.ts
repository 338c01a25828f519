/** Groups by name, with the names that each needs. */
export type Needs = ReadonlyMap<string, readonly string[]>;

/** The circle that `start` is in, from itself to itself: `[web, api, web]`; null when it is in none. */
export function circle(needs: Needs, start: string): readonly string[] | null {
  const seen = new Set<string>();
  const ways = [[start]];
  for (const way of ways) {
    for (const next of needs.get(way.at(-1) ?? '') ?? []) {
      if (next === start) return [...way, start];
      if (!seen.has(next)) ways.push([...way, next]);
      seen.add(next);
    }
  }
  return null;
}

/** Every circle once, begun at the member that comes first in the file. */
export function circles(needs: Needs): readonly (readonly string[])[] {
  const told = new Set<string>();
  return [...needs.keys()].flatMap((name) => {
    const found = told.has(name) ? null : circle(needs, name);
    for (const member of found ?? []) told.add(member);
    return found ? [found] : [];
  });
}
