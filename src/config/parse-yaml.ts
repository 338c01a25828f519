import { type Document, isAlias, isMap, isScalar, isSeq, LineCounter, type Node, type Pair, parseDocument } from 'yaml';
import type { Fault } from './problem.js';
import { entryOf, type Entry, type MapTree, type Path, type Place, type Tree } from './tree.js';

/** The tree is null where the text is no YAML at all; a key that is written twice is a fault, and its first value counts. */
export function parseYaml(text: string): { tree: Tree | null; faults: readonly Fault[] } {
  try {
    return parse(text);
  } catch (error) {
    // Deep nesting exhausts the stack of the parser.
    const message = `YAML: cannot be read (${error instanceof Error ? error.message : String(error)})`;
    return { tree: null, faults: [{ place: START, path: [], message }] };
  }
}

const START: Place = { line: 1, column: 1 };

function parse(text: string): { tree: Tree | null; faults: readonly Fault[] } {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false, uniqueKeys: false });
  const broken = [...document.errors, ...document.warnings];
  if (broken.length > 0) {
    return { tree: null, faults: broken.map((e) => ({ place: placeAt(lines, e.pos[0]), path: [], message: `YAML: ${e.message}` })) };
  }
  const reading: Reading = { document, lines, faults: [], open: new Set(), left: MOST_NODES };
  return { tree: toTree(reading, document.contents, [], START), faults: reading.faults };
}

/** One pass over a document; `open` are the nodes on the way down, `left` bounds what aliases may multiply to. */
type Reading = {
  readonly document: Document;
  readonly lines: LineCounter;
  readonly faults: Fault[];
  readonly open: Set<unknown>;
  left: number;
};
const MOST_NODES = 100_000;
const DEEPEST = 50;

/** `near` is the place of what has none itself. */
function toTree(reading: Reading, node: unknown, path: Path, near: Place): Tree {
  const target = isAlias(node) ? node.resolve(reading.document) : node;
  const place = placeOf(reading, node, near);
  const refusal = refuse(reading, node, target, path);
  if (refusal !== null) {
    reading.faults.push({ place, path, message: refusal });
    return { kind: 'scalar', text: null, place };
  }
  reading.open.add(target);
  const tree = branch(reading, target, path, place);
  reading.open.delete(target);
  return tree;
}

function refuse(reading: Reading, node: unknown, target: unknown, path: Path): string | null {
  if (isAlias(node) && target === undefined) return `YAML: no anchor &${node.source} stands before this alias`;
  if (target && reading.open.has(target)) return 'YAML: this alias contains itself';
  reading.left -= 1;
  if (reading.left === -1) return 'YAML: aliases multiply to more than 100000 values';
  return path.length > DEEPEST ? `YAML: nested more than ${DEEPEST} levels deep` : null;
}

function branch(reading: Reading, node: unknown, path: Path, place: Place): Tree {
  if (reading.left < 0) return { kind: 'scalar', text: null, place };
  if (isMap(node)) return { kind: 'map', entries: toEntries(reading, node.items, path, place), place };
  if (isSeq(node)) {
    return { kind: 'list', items: node.items.map((item, at) => toTree(reading, item, [...path, String(at)], place)), place };
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
  const node = isAlias(pair.key) ? pair.key.resolve(reading.document) : pair.key;
  const place = placeOf(reading, pair.key, near);
  const text = textOf(node);
  if (text !== null) return { text, place };
  reading.faults.push({ place, path, message: isScalar(node) || !node ? 'a key is missing here' : 'a key must be one word' });
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
    else reading.faults.push({ place: map.place, path: [...path, '<<'], message: 'only a map, or a list of maps, can be merged' });
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
  return range && range[1] > range[0] ? placeAt(reading.lines, range[0]) : near;
}

function placeAt(lines: LineCounter, offset: number): Place {
  const { line, col } = lines.linePos(offset);
  return { line: Math.max(line, 1), column: Math.max(col, 1) };
}
