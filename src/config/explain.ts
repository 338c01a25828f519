import { SupError } from '../errors/sup-error.js';
import type { Inner, Key, Keys } from './field.js';
import { nearest } from './nearest.js';
import { appKeys } from './schema.js';

/** All there is to say of a key; `*` in it stands for a name. */
export type Explanation = {
  readonly key: string;
  readonly type: string;
  readonly required: boolean;
  /** In words or as YAML; null where it has none of its own. */
  readonly default: string | null;
  readonly doc: string;
  readonly example: string;
  /** The names of the keys within. */
  readonly keys: readonly string[];
};

/** `workers.web.stop.timeout`, `workers.*.stop.timeout`, `stop.timeout` or `timeout`; several where an end fits several keys. */
export function explain(key: string): readonly Explanation[] {
  const asked = key.split('.');
  const spots = everySpot();
  const whole = spots.filter(
    ({ path, inner }) => fits(asked, path) || (named(inner) && fits(asked, [...path, '*'])),
  );
  const some = whole.length > 0 ? whole : spots.filter(({ path }) => endsWith(path, asked));
  if (some.length === 0) throw unknown(key, spots);
  return some
    .filter((spot, at) => some.findIndex((other) => other.about === spot.about) === at)
    .map(explanation);
}

/** A key and where it is. */
export type Spot = { readonly path: readonly string[]; readonly about: Key<unknown>; readonly inner: Inner };

/** Every key there is, each before the ones within it. */
export function everySpot(keys: Keys = appKeys, above: readonly string[] = []): readonly Spot[] {
  return Object.entries(keys).flatMap(([name, about]) => {
    const path = [...above, name];
    const { inner } = about.field;
    return [{ path, about, inner }, ...everySpot(keysWithin(inner), named(inner) ? [...path, '*'] : path)];
  });
}

/** The keys in a map, or in each map of a map of names. */
export function keysWithin(inner: Inner): Keys {
  if (inner === null) return {};
  return 'keys' in inner ? inner.keys : keysWithin(inner.each.inner);
}

export function named(inner: Inner): boolean {
  return inner !== null && 'each' in inner;
}

function fits(asked: readonly string[], path: readonly string[]): boolean {
  return (
    asked.length === path.length && path.every((segment, at) => segment === '*' || segment === asked[at])
  );
}

/** An end counts from a word that is the key's own on. */
function endsWith(path: readonly string[], asked: readonly string[]): boolean {
  const end = path.slice(-asked.length);
  return end[0] === asked[0] && fits(asked, end);
}

function explanation({ path, about, inner }: Spot): Explanation {
  const { field, required, shown, otherwise, doc, example } = about;
  const keys = Object.keys(keysWithin(inner));
  return {
    key: path.join('.'),
    type: field.expected,
    required,
    default: shown ?? otherwise,
    doc,
    example,
    keys,
  };
}

function unknown(key: string, spots: readonly Spot[]): SupError {
  const whole = spots.map(({ path }) => path.join('.'));
  const last = spots.map(({ path }) => path.at(-1) ?? '');
  const meant = nearest(key, [...whole, ...spots.map(({ path }) => path.slice(-2).join('.')), ...last]);
  return new SupError(
    'E_USAGE',
    `sup.yaml has no key ${key}`,
    meant === null ? 'docs/config.md has all of them' : `did you mean ${meant}?`,
  );
}
