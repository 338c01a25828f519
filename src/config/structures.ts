import type { At, Field, Json, Key, Keys, Values } from './field.js';
import { nearest } from './nearest.js';
import { type Entry, found, isNothing, lengthen, type MapTree, type Tree } from './tree.js';

/** A list; a single value is a list of one. */
export function listOf<T>(item: Field<T>, several: string): Field<readonly T[]> {
  return {
    expected: `${several}, or one of them`,
    json: { anyOf: [item.json, { type: 'array', items: item.json }] },
    inner: null,
    read: (tree, at) => sound(tree.kind === 'list' ? items(tree.items, item, at) : [item.read(tree, at)]),
  };
}

/** A list with something in it, also where that is one item only. */
export function strictListOf<T>(item: Field<T>, several: string): Field<readonly T[]> {
  return {
    expected: several,
    json: { type: 'array', items: item.json, minItems: 1 },
    inner: null,
    read: (tree, at) => {
      if (tree.kind !== 'list') return mismatch(several, tree, at);
      if (tree.items.length === 0) return at.report('the list is empty');
      return sound(items(tree.items, item, at));
    },
  };
}

function items<T>(trees: readonly Tree[], item: Field<T>, at: At): (T | undefined)[] {
  return trees.map((tree, index) => item.read(tree, at.key(String(index))));
}

function sound<T>(values: readonly (T | undefined)[]): readonly T[] | undefined {
  const good = values.filter((value) => value !== undefined);
  return good.length === values.length ? good : undefined;
}

function mismatch(expected: string, tree: Tree, at: At): undefined {
  return at.report(`expected ${expected}, found ${found(tree)}`);
}

/** What the names in a map may be; `better` makes a good one of a bad one. */
export type NameRule = {
  readonly pattern: RegExp;
  readonly expected: string;
  readonly better: (name: string) => string | null;
};

/** A map from names to values of one kind; what could not be read is left out. */
export function mapOf<T>(
  rule: NameRule,
  value: Field<T>,
  several: string,
  example: string,
): Field<ReadonlyMap<string, T>> {
  const json = {
    type: 'object',
    propertyNames: { pattern: rule.pattern.source },
    additionalProperties: value.json,
  };
  const read = (tree: Tree, at: At) => {
    if (tree.kind !== 'map') return mismatch(`a map of ${several}`, tree, at);
    return new Map(
      tree.entries.flatMap((entry) => readNamed(entry, rule, value, { at: at.key(entry.key), example })),
    );
  };
  return { expected: `a map of ${several}`, json, inner: { each: value }, read };
}

type Named = { readonly at: At; readonly example: string };

function readNamed<T>(entry: Entry, rule: NameRule, field: Field<T>, { at, example }: Named): [string, T][] {
  if (!rule.pattern.test(entry.key)) {
    const better = rule.better(entry.key);
    at.report(
      `the name must be ${rule.expected}`,
      better === null ? undefined : `for example ${better}`,
      'key',
    );
  }
  if (isNothing(entry.value)) return nothing(field.expected, `${entry.key}: ${example}`, at) ?? [];
  const value = field.read(entry.value, at);
  return value === undefined ? [] : [[entry.key, value]];
}

function nothing(expected: string, example: string, at: At): undefined {
  return at.report(`expected ${expected}, found nothing`, `for example \`${example}\``);
}

/** A map of known keys. `rule` sees what was written and what of it could be read. */
export function shape<K extends Keys>(keys: K, rule?: Rule<K>): Field<Values<K>> {
  return {
    expected: 'a map',
    json: shapeJson(keys),
    inner: { keys },
    read: (tree, at) => (tree.kind === 'map' ? readShape(keys, tree, at, rule) : mismatch('a map', tree, at)),
  };
}

export type Rule<K extends Keys> = (values: Partial<Values<K>>, written: readonly string[], at: At) => void;

function readShape<K extends Keys>(keys: K, tree: MapTree, at: At, rule?: Rule<K>): Values<K> {
  const values: Record<string, unknown> = {};
  const read: Record<string, unknown> = {};
  for (const entry of tree.entries) {
    if (!Object.hasOwn(keys, entry.key)) reportUnknown(keys, entry.key, at);
  }
  for (const [name, key] of Object.entries(keys)) {
    const entry = tree.entries.find((each) => each.key === name);
    const value = entry ? readKey(entry, key, at.key(name)) : undefined;
    if (!entry && key.required)
      at.report(`${name} is missing`, `for example \`${name}: ${key.example}\``, 'key');
    values[name] = value === undefined ? key.absent : value;
    if (value !== undefined || !entry) read[name] = values[name];
  }
  // The loop above read every key by its own field, which TypeScript cannot follow.
  rule?.(
    read as Partial<Values<K>>,
    tree.entries.map(({ key }) => key),
    at,
  );
  return values as Values<K>;
}

function readKey<T>(entry: Entry, key: Key<T>, at: At): T | undefined {
  const example = key.example.includes('\n') ? '' : ` ${key.example}`;
  return isNothing(entry.value)
    ? nothing(key.field.expected, `${entry.key}:${example}`, at)
    : key.field.read(entry.value, at);
}

function reportUnknown(keys: Keys, name: string, at: At): void {
  const meant = nearestKey(keys, name);
  const hint = meant === null ? `known here: ${Object.keys(keys).join(', ')}` : undefined;
  at.key(name).report(meant === null ? 'unknown key' : `unknown key, did you mean ${meant}?`, hint, 'key');
}

function nearestKey(keys: Keys, name: string): string | null {
  const owners = new Map(
    Object.entries(keys).flatMap(([key, { also = [] }]) => [key, ...also].map((word) => [word, key])),
  );
  return owners.get(nearest(name, [...owners.keys()]) ?? '') ?? null;
}

function shapeJson(keys: Keys): Json {
  const properties = Object.entries(keys).map(([name, { field, doc, shown }]) => {
    return [
      name,
      { description: doc, ...(shown === null ? {} : { default: jsonDefault(shown) }), ...field.json },
    ];
  });
  const must = Object.keys(keys).filter((name) => keys[name]?.required);
  return {
    type: 'object',
    properties: Object.fromEntries(properties),
    ...(must.length > 0 ? { required: must } : {}),
    additionalProperties: false,
  };
}

function jsonDefault(shown: string): unknown {
  return /^(true|false|0|-?[1-9]\d*|\[[\d, ]*\])$/.test(shown) ? JSON.parse(shown) : shown;
}

/** A map that may be written as one word, the value of its most telling key. */
export function shortOr<T>(key: string, word: Field<unknown>, long: Field<T>): Field<T> {
  const expected = `${word.expected}, or ${long.expected}`;
  return {
    expected,
    json: { anyOf: [word.json, long.json] },
    inner: long.inner,
    read: (tree, at) => {
      if (tree.kind === 'list' || isNothing(tree)) return mismatch(expected, tree, at);
      return long.read(lengthen(tree, key), at);
    },
  };
}

/** One of several forms, told apart by what is written: a text, a list or a map. */
export function forms<S, L = never, M = never>(fields: {
  readonly scalar?: Field<S>;
  readonly list?: Field<L>;
  readonly map?: Field<M>;
}): Field<S | L | M> {
  const all = Object.values(fields);
  const expected = all.map((field) => field.expected).join(', or ');
  return {
    expected,
    json: { anyOf: all.map((field) => field.json) },
    inner: all.find((field) => field.inner !== null)?.inner ?? null,
    read: (tree, at) => {
      const field: Field<S | L | M> | undefined = fields[tree.kind];
      return field && !isNothing(tree) ? field.read(tree, at) : mismatch(expected, tree, at);
    },
  };
}
