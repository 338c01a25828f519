/** What start order needs to know of a group. */
export type Needing = { readonly name: string; readonly needs: readonly string[] };

/**
 * Groups in batches: each batch needs only what the batches before it brought. The reverse is the order to stop
 * in. A need that is not among the groups counts as met; the config has no cycles.
 */
export function startOrder(groups: readonly Needing[]): readonly (readonly string[])[] {
  const batches: string[][] = [];
  let rest = groups;
  while (rest.length > 0) {
    const open = new Set(rest.map(({ name }) => name));
    const batch = rest.filter(({ needs }) => !needs.some((need) => open.has(need)));
    if (batch.length === 0) return [...batches, rest.map(({ name }) => name)];
    batches.push(batch.map(({ name }) => name));
    rest = rest.filter((group) => !batch.includes(group));
  }
  return batches;
}

/** These groups and all that they need, directly or not. */
export function withNeeds(names: readonly string[], groups: readonly Needing[]): readonly string[] {
  const wanted = new Set(names);
  for (const name of wanted)
    for (const need of groups.find((g) => g.name === name)?.needs ?? []) wanted.add(need);
  return groups.map(({ name }) => name).filter((name) => wanted.has(name));
}
