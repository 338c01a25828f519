import type { Path, Tree } from './tree.js';

/** A brick of the schema: reads a value from the tree, and knows how to speak of itself. */
export type Field<T> = {
  /** `a whole number from 1 to 10`, for messages and docs. */
  readonly expected: string;
  readonly json: Json;
  readonly inner: Inner;
  /** Undefined when it is not what is expected; then that was reported. */
  readonly read: (tree: Tree, at: At) => T | undefined;
};

/** What a map holds: known keys, or any names with one kind of value each. */
export type Inner = { readonly keys: Keys } | { readonly each: Field<unknown> } | null;
export type Keys = { readonly [name: string]: Key<unknown> };
export type Json = { readonly [name: string]: unknown };

/** Where a reading stands, and whom it tells of problems. */
export type At = {
  readonly path: Path;
  readonly environment: Readonly<Record<string, string>>;
  key(name: string): At;
  report(message: string, hint?: string, on?: 'key' | 'value'): undefined;
};

/** One key of a map: born here, with all that is ever said of it. */
export type Key<T> = About & {
  readonly field: Field<T>;
  /** The value without the key; of a required one, the value to go on with after the problem was reported. */
  readonly absent: T;
  readonly required: boolean;
  /** The default as it would be written in YAML. */
  readonly shown: string | null;
  /** What holds without the key, in words, where that is no fixed value. */
  readonly otherwise: string | null;
};

export type About = {
  readonly doc: string;
  /** A value as in YAML. */
  readonly example: string;
  /** Names that people bring along from other supervisors. */
  readonly also?: readonly string[];
};

/** The TypeScript type of what a field reads, and of what a map of keys reads. */
export type Read<F> = F extends Field<infer T> ? T : never;
export type Values<K extends Keys> = { readonly [N in keyof K]: K[N] extends Key<infer T> ? T : never };

export function required<T>(field: Field<T>, afterwards: T, about: About): Key<T> {
  return { ...about, field, absent: afterwards, required: true, shown: null, otherwise: null };
}

export function optional<T>(field: Field<T>, otherwise: string | null, about: About): Key<T | null> {
  return { ...about, field, absent: null, required: false, shown: null, otherwise };
}

/** The default is what the field reads from `shown`. */
export function defaulted<T>(field: Field<T>, shown: string | readonly string[], about: About): Key<T> {
  const place = { line: 1, column: 1 };
  const scalar = (text: string): Tree => ({ kind: 'scalar', text, place });
  const tree =
    typeof shown === 'string' ? scalar(shown) : { kind: 'list' as const, items: shown.map(scalar), place };
  const words = typeof shown === 'string' ? shown : `[${shown.join(', ')}]`;
  return {
    ...about,
    field,
    absent: readDefault(field, tree, words),
    required: false,
    shown: words,
    otherwise: null,
  };
}

/** A map of keys that all have defaults, and so has one itself. */
export function section<T>(field: Field<T>, about: About): Key<T> {
  const tree: Tree = { kind: 'map', entries: [], place: { line: 1, column: 1 } };
  return {
    ...about,
    field,
    absent: readDefault(field, tree, 'an empty map'),
    required: false,
    shown: null,
    otherwise: null,
  };
}

function readDefault<T>(field: Field<T>, tree: Tree, shown: string): T {
  const value = field.read(tree, SILENT);
  if (value === undefined) throw new Error(`the default ${shown} is not ${field.expected}`);
  return value;
}

const SILENT: At = { path: [], environment: {}, key: () => SILENT, report: () => undefined };
