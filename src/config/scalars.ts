import type { Bytes, Millis, Signal } from './app.js';
import type { At, Field, Json } from './field.js';
import { interpolate } from './interpolate.js';
import { parseSignal, SIGNALS } from './signal-names.js';
import { found, quoted, type Tree } from './tree.js';
import { parseSize, parseSpan, SIZE_PATTERN, SPAN_PATTERN, showSpan } from './units.js';

/** Why a text is not what a field takes; without a message, that is said by what was expected. */
export class Wrong {
  constructor(
    readonly message?: string,
    readonly hint?: string,
  ) {}
}

/** A field written as one word or one text. */
export type Scalar<T> = Field<T> & { readonly parse: (text: string) => T | Wrong };

export function scalar<T>(expected: string, json: Json, parse: (text: string) => T | Wrong): Scalar<T> {
  return { expected, json, inner: null, parse, read: (tree, at) => readScalar(expected, tree, at, parse) };
}

/** A word that stands for a value beside the ones that `field` takes: `auto`, `never`. */
export function orWord<T, V>(field: Scalar<T>, word: string, value: V): Scalar<T | V> {
  const json = { anyOf: [{ const: word }, field.json] };
  return scalar<T | V>(`${field.expected}, or ${word}`, json, (given) =>
    given === word ? value : field.parse(given),
  );
}

function readScalar<T>(
  expected: string,
  tree: Tree,
  at: At,
  parse: (text: string) => T | Wrong,
): T | undefined {
  const text = readText(expected, tree, at);
  const expanded = text === undefined ? undefined : expand(text, at);
  if (expanded === undefined) return undefined;
  const value = parse(expanded);
  if (!(value instanceof Wrong)) return value;
  at.report(value.message ?? `expected ${expected}, found ${quoted(expanded)}`, value.hint);
  return undefined;
}

function readText(expected: string, tree: Tree, at: At): string | undefined {
  if (tree.kind !== 'scalar' || tree.text === null) {
    at.report(`expected ${expected}, found ${found(tree)}`);
    return undefined;
  }
  if (!tree.text.includes('\0')) return tree.text;
  at.report('contains a NUL character');
  return undefined;
}

/** The text with its variables filled in; undefined when that failed, which was reported. */
export function expand(text: string, at: At): string | undefined {
  const expanded = interpolate(text, at.environment);
  if ('text' in expanded) return expanded.text;
  at.report(expanded.message, expanded.hint);
  return undefined;
}

/** Every field but text may hold a variable in the place of its value. */
const VARIABLE: Json = { type: 'string', pattern: '\\$\\{' };

/** Any text but an empty one. */
export function words(expected: string): Scalar<string> {
  return scalar(expected, { type: 'string', minLength: 1 }, (given) => given || new Wrong('is empty'));
}

export const anyText = scalar('a text', { type: ['string', 'number', 'boolean'] }, (given) => given);

/** A command line: its variables are filled in later, when it was split. */
export const commandLine: Field<string> = {
  expected: 'a command line',
  json: { type: 'string', minLength: 1 },
  inner: null,
  read: (tree, at) => readText('a command line', tree, at),
};

export function whole(least: number, most: number): Scalar<number> {
  const expected = `a whole number from ${least} ${most < Number.MAX_SAFE_INTEGER ? `to ${most}` : 'on'}`;
  const json = { anyOf: [{ type: 'integer', minimum: least, maximum: most }, VARIABLE] };
  return scalar(expected, json, (given) => {
    const value = Number(given);
    return /^-?\d{1,15}$/.test(given) && value >= least && value <= most ? value : new Wrong();
  });
}

/** Timers count in 32 bits, hence the most. */
export function span(least: Millis = 0, most: Millis = 24 * 86_400_000): Scalar<Millis> {
  const expected = 'a duration such as 500ms, 10s, 2m or 1h';
  return scalar(expected, { anyOf: [{ type: 'string', pattern: SPAN_PATTERN }, VARIABLE] }, (given) => {
    const value = parseSpan(given);
    if (value === null)
      return new Wrong(undefined, /^\d+$/.test(given) ? `with its unit: ${given}s or ${given}ms` : undefined);
    if (value < least) return new Wrong(`expected at least ${showSpan(least)}, found ${given}`);
    return value > most ? new Wrong(`expected at most ${showSpan(most)}, found ${given}`) : value;
  });
}

export function size(least: Bytes): Scalar<Bytes> {
  const json = {
    anyOf: [{ type: 'integer', minimum: least }, { type: 'string', pattern: SIZE_PATTERN }, VARIABLE],
  };
  return scalar('a size such as 64K, 512M or 2G', json, (given) => {
    const value = parseSize(given);
    if (value === null) return new Wrong();
    return value < least ? new Wrong(`expected at least ${least} bytes, found ${given}`) : value;
  });
}

export function choice<const T extends string>(...options: readonly T[]): Scalar<T> {
  return scalar(orList(options), { anyOf: [{ enum: options }, VARIABLE] }, (given) => {
    return options.find((option) => option === given) ?? new Wrong();
  });
}

export const flag = scalar('true or false', { anyOf: [{ type: 'boolean' }, VARIABLE] }, (given) => {
  return /^true$/i.test(given) || (/^false$/i.test(given) ? false : new Wrong());
});

/** Permission bits as chmod and umask write them. */
export const octal = scalar(
  'an octal number such as 022 or "0660"',
  { type: ['string', 'integer'] },
  (given) => {
    return /^(0o?)?[0-7]{1,3}$/.test(given) ? Number.parseInt(given.replace('o', ''), 8) : new Wrong();
  },
);

const signalNames = SIGNALS.flatMap((name) => [name, name.slice(3)]);
export const signal: Scalar<Signal> = scalar(
  'a signal such as SIGTERM',
  { anyOf: [{ enum: signalNames }, VARIABLE] },
  (given) => {
    return (
      parseSignal(given) ??
      new Wrong(`${quoted(given)} is no signal`, 'signal(7) lists them: SIGTERM, SIGINT, SIGHUP, SIGUSR1, …')
    );
  },
);

/** A regular expression, with or without the slashes around it. */
export const pattern = scalar('a regular expression', { type: 'string', minLength: 1 }, (given) => {
  const slashed = /^\/([\s\S]+)\/([a-z]*)$/.exec(given);
  if (slashed?.[2])
    return new Wrong(
      `flags such as \`${slashed[2]}\` are not understood here`,
      'write [Rr]eady for both cases',
    );
  return compiles(slashed?.[1] ?? given);
});

function compiles(source: string): string | Wrong {
  try {
    new RegExp(source);
    return source || new Wrong('is empty');
  } catch (error) {
    return new Wrong(error instanceof Error ? error.message : String(error));
  }
}

export function orList(words: readonly string[]): string {
  return words.length < 2 ? words.join('') : `${words.slice(0, -1).join(', ')} or ${words.at(-1)}`;
}
