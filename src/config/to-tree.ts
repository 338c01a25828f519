import {
  type Alias,
  type Document,
  isAlias,
  isMap,
  isNode,
  isScalar,
  isSeq,
  type LineCounter,
  type Node,
  type Pair,
  visit,
} from 'yaml';
import type { Fault } from './problem.js';
import { type Entry, entryOf, type MapTree, type Path, type Place, placeAt, type Tree } from './tree.js';

/** The tree of a document, and what is wrong with it; null where aliases or nesting make none of it. */
export function treeOf(
  document: Document,
  lines: LineCounter,
): { tree: Tree | null; faults: readonly Fault[] } {
  const reading: Reading = {
    targets: targetsIn(document),
    lines,
    faults: [],
    open: new Set(),
    left: MOST_NODES,
    broken: false,
  };
  const tree = toTree(reading, document.contents, [], START);
  return { tree: reading.broken ? null : tree, faults: reading.faults };
}

const START: Place = { line: 1, column: 1 };

/** What every alias stands for, found in one pass: Alias.resolve goes through the document each time. */
function targetsIn(document: Document): ReadonlyMap<Alias, Node> {
  const anchored = new Map<string, Node>();
  const targets = new Map<Alias, Node>();
  visit(document, (_, node) => {
    const target = isAlias(node) ? anchored.get(node.source) : undefined;
    if (isAlias(node) && target) targets.set(node, target);
    else if (isNode(node) && 'anchor' in node && node.anchor) anchored.set(node.anchor, node);
  });
  return targets;
}

/** One pass over a document; `open` are the nodes on the way down, `left` bounds what aliases may multiply to. */
type Reading = {
  readonly targets: ReadonlyMap<Alias, Node>;
  readonly lines: LineCounter;
  readonly faults: Fault[];
  readonly open: Set<unknown>;
  left: number;
  broken: boolean;
};
const MOST_NODES = 100_000;
const DEEPEST = 50;

/** `near` is the place of what has none itself. */
function toTree(reading: Reading, node: unknown, path: Path, near: Place): Tree {
  const target = isAlias(node) ? reading.targets.get(node) : node;
  const place = placeOf(reading, node, near);
  const refusal = refuse(reading, node, target, path);
  if (refusal !== null) {
    reading.faults.push({ place, path, message: refusal });
    reading.broken = true;
    return { kind: 'scalar', text: null, place };
  }
  reading.open.add(target);
  const tree = branch(reading, target, path, place);
  reading.open.delete(target);
  return tree;
}

function refuse(reading: Reading, node: unknown, target: unknown, path: Path): string | null {
  if (isAlias(node) && target === undefined)
    return `YAML: no anchor &${node.source} stands before this alias`;
  if (target && reading.open.has(target)) return 'YAML: this alias contains itself';
  reading.left -= 1;
  if (reading.left === -1) return 'YAML: aliases multiply to more than 100000 values';
  return path.length > DEEPEST ? `YAML: nested more than ${DEEPEST} levels deep` : null;
}

function branch(reading: Reading, node: unknown, path: Path, place: Place): Tree {
  if (reading.left < 0) return { kind: 'scalar', text: null, place };
  if (isMap(node)) return { kind: 'map', entries: toEntries(reading, node.items, path, place), place };
  if (isSeq(node)) {
    return {
      kind: 'list',
      items: node.items.map((item, at) => toTree(reading, item, [...path, String(at)], place)),
      place,
    };
  }
  return { kind: 'scalar', text: textOf(node), place };
}

/** As it is written, so that `1.10` and `0022` keep their zeros. */
function textOf(node: unknown): string | null {
  if (!isScalar(node) || node.value === null) return null;
  return typeof node.value === 'string' ? node.value : (node.source ?? String(node.value));
}

function toEntries(reading: Reading, pairs: readonly Pair[], path: Path, place: Place): readonly Entry[] {
  const entries: Entry[] = [];
  const merged: Entry[] = [];
  for (const pair of pairs) {
    const key = keyOf(reading, pair, path, place);
    if (key === null) continue;
    const value = toTree(reading, pair.value, [...path, key.text], key.place);
    if (key.text === '<<') merged.push(...mergedEntries(reading, value, path));
    else if (isNew(reading, entries, key, path)) entries.push({ key: key.text, keyPlace: key.place, value });
  }
  for (const entry of merged) if (!entries.some(({ key }) => key === entry.key)) entries.push(entry);
  return entries;
}

type KeyText = { readonly text: string; readonly place: Place };

function keyOf(reading: Reading, pair: Pair, path: Path, near: Place): KeyText | null {
  const node = isAlias(pair.key) ? reading.targets.get(pair.key) : pair.key;
  const place = placeOf(reading, pair.key, near);
  const text = textOf(node);
  if (text !== null) return { text, place };
  reading.faults.push({
    place,
    path,
    message: isScalar(node) || !node ? 'a key is missing here' : 'a key must be one word',
  });
  return null;
}

function isNew(reading: Reading, entries: readonly Entry[], key: KeyText, path: Path): boolean {
  const first = entries.find((entry) => entry.key === key.text);
  if (!first) return true;
  const message = `written twice, first on line ${first.keyPlace.line}`;
  reading.faults.push({ place: key.place, path: [...path, key.text], message });
  return false;
}

/** `<<: *base` or `<<: [*a, *b]`; of equal keys the first map's counts. */
function mergedEntries(reading: Reading, value: Tree, path: Path): readonly Entry[] {
  const maps = value.kind === 'list' ? value.items : [value];
  const entries: Entry[] = [];
  for (const map of maps) {
    if (map.kind === 'map') entries.push(...missing(map, entries));
    else
      reading.faults.push({
        place: map.place,
        path: [...path, '<<'],
        message: 'only a map, or a list of maps, can be merged',
      });
  }
  return entries;
}

function missing(map: MapTree, entries: readonly Entry[]): readonly Entry[] {
  const have: MapTree = { kind: 'map', entries, place: map.place };
  return map.entries.filter(({ key }) => entryOf(have, key) === undefined);
}

/** The place of an empty value is that of its key: what comes after it may be far below. */
function placeOf(reading: Reading, node: unknown, near: Place): Place {
  const { range } = (node ?? {}) as Partial<Node>;
  return range && range[1] > range[0] ? placeAt(reading.lines.linePos(range[0])) : near;
}
