/** A YAML document as maps, lists and the text of its scalars, each with its place in the file. */
export type Tree = ScalarTree | ListTree | MapTree;
/** `text` is null where nothing, `~` or `null` is written. */
export type ScalarTree = { readonly kind: 'scalar'; readonly text: string | null; readonly place: Place };
export type ListTree = { readonly kind: 'list'; readonly items: readonly Tree[]; readonly place: Place };
export type MapTree = { readonly kind: 'map'; readonly entries: readonly Entry[]; readonly place: Place };
export type Entry = { readonly key: string; readonly keyPlace: Place; readonly value: Tree };
/** Both count from 1. */
export type Place = { readonly line: number; readonly column: number };
/** Of a library that counts from 0 where there is nothing. */
export function placeAt({ line, col }: { readonly line: number; readonly col: number }): Place {
  return { line: Math.max(line, 1), column: Math.max(col, 1) };
}

/** A key of the config, segment by segment: `['workers', 'web', 'needs', '0']`. */
export type Path = readonly string[];

/** Where a path stands in the file; one that leads further than the file ends at the last key on its way. */
export function locate(root: Tree, path: Path, on: 'key' | 'value'): Place {
  let last: Entry = { key: '', keyPlace: root.place, value: root };
  for (const segment of path) {
    const next = step(last.value, segment);
    if (next === undefined) return last.value.kind === 'scalar' ? last.value.place : last.keyPlace;
    last = next;
  }
  return on === 'key' ? last.keyPlace : last.value.place;
}

/** As much of a path as is written out: `restart.when` is `restart` where that is one word. */
export function written(root: Tree, path: Path): Path {
  let tree: Tree | undefined = root;
  for (const [depth, segment] of path.entries()) {
    if (tree?.kind === 'scalar' && tree.text !== null) return path.slice(0, depth);
    tree = tree && step(tree, segment)?.value;
  }
  return path;
}

function step(tree: Tree, segment: string): Entry | undefined {
  if (tree.kind === 'map') return entryOf(tree, segment);
  const item = tree.kind === 'list' ? tree.items[Number(segment)] : undefined;
  return item && { key: segment, keyPlace: item.place, value: item };
}

export function entryOf(map: MapTree, key: string): Entry | undefined {
  return map.entries.find((entry) => entry.key === key);
}

/** `short` written alone means a map with one key: `restart: never` is `restart: { when: never }`. */
export function lengthen(tree: Tree, key: string): Tree {
  if (tree.kind !== 'scalar' || tree.text === null) return tree;
  return { kind: 'map', entries: [{ key, keyPlace: tree.place, value: tree }], place: tree.place };
}

export function isNothing(tree: Tree): boolean {
  return tree.kind === 'scalar' && tree.text === null;
}

/** What stands there, for a message. */
export function found(tree: Tree): string {
  if (tree.kind !== 'scalar') return `a ${tree.kind}`;
  return tree.text === null ? 'nothing' : quoted(tree.text);
}

export function quoted(text: string): string {
  return JSON.stringify(text.length > 60 ? `${text.slice(0, 57)}...` : text);
}
