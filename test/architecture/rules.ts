import { isBuiltin } from 'node:module';
import { basename, dirname } from 'node:path';
import type { Import, Source } from './source.js';

/** Every rule takes all sources, and gives one sentence for each breach. */
export type Rule = (sources: readonly Source[]) => string[];

/** Imports run only to an earlier line; the names on one line do not know each other. */
const LAYERS = [
  ['errors'],
  ['system'],
  ['config'],
  ['worker'],
  ['group'],
  ['master', 'control', 'logs'],
  ['cli'],
  ['commands'],
];
/** The words of the protocol are types, and both siblings speak them. */
const SPOKEN_BY_SIBLINGS = 'src/control/protocol';
/** Runs inside of the user's programs, and so brings nothing with it. */
const ISLAND = 'preload';

const HARMLESS = ['node:path', 'node:util', 'node:url'];
const PACKAGES: Readonly<Record<string, readonly string[]>> = {
  execa: ['system'],
  koffi: ['system'],
  chokidar: ['system'],
  yaml: ['config'],
  '@oclif/core': ['cli', 'commands'],
};
const SURROUNDINGS =
  /^(Date|process|performance|crypto|fetch|console|global|globalThis|require|set(Timeout|Interval|Immediate)|queueMicrotask)$/;
const VAGUE = /^(utils?|helpers?|common|misc|managers?|handlers?)$/;
const LONGEST = 250;

export const layers: Rule = (sources) =>
  imports(sources, ({ path }, { to, typeOnly }) => {
    const [from, into] = [layerOf(path), layerOf(to)];
    if (from === null || into === null || from === into || from === ISLAND) return null;
    if (into === ISLAND) return `${path} imports the island ${to}`;
    const [above, below] = [rank(from), rank(into)];
    if (above < 0) return `src/${from}/ has no layer`;
    if (below < above || (below === above && typeOnly && to === SPOKEN_BY_SIBLINGS)) return null;
    return `${path} imports ${to}, which is ${below === above ? 'its sibling' : 'above it'}`;
  });

export const island: Rule = (sources) =>
  imports(sources, ({ path }, { to }) => {
    const isOurs = layerOf(to) !== null && layerOf(to) !== ISLAND;
    return layerOf(path) === ISLAND && (isOurs || isPackage(to)) ? `${path} imports ${to}` : null;
  });

export const noCycles: Rule = (sources) => {
  const byPath = new Map(sources.map((source) => [source.path, source]));
  const seen = new Set<string>();
  const walk = (path: string, trail: readonly string[]): string[] => {
    if (trail.includes(path)) return [[...trail.slice(trail.indexOf(path)), path].join(' -> ')];
    if (seen.has(path)) return [];
    seen.add(path);
    return (byPath.get(path)?.imports ?? []).flatMap(({ to }) => walk(to, [...trail, path]));
  };
  return sources.flatMap(({ path }) => walk(path, []));
};

export const purity: Rule = (sources) => {
  const impure = new Set(sources.filter((source) => !isPure(source)).map(({ path }) => path));
  const pure = sources.filter(isPure);
  return [
    ...pure.flatMap(({ path, names }) =>
      [...names].filter((name) => SURROUNDINGS.test(name)).map((name) => `${path} names ${name}`),
    ),
    ...imports(pure, ({ path }, { to, typeOnly }) =>
      isOutside(to, path) || (impure.has(to) && !typeOnly && layerOf(to) !== 'errors') ? `${path} imports ${to}` : null,
    ),
  ];
};

export const noDice: Rule = (sources) =>
  sources.filter(isPure).flatMap(({ path, rollsDice }) => (rollsDice ? [`${path} calls Math.random`] : []));

export const machine: Rule = (sources) =>
  imports(sources, ({ path }, { to }) => {
    const layer = layerOf(path);
    if (layer === null || layer === 'system' || layer === ISLAND) return null;
    if (isBuiltin(to)) return HARMLESS.includes(to) ? null : `${path} imports ${to}`;
    return isPackage(to) ? null : null;
  });

export const packages: Rule = (sources) =>
  imports(sources, ({ path }, { to }) => {
    const layer = layerOf(path);
    if (layer === null || layer === ISLAND || !isPackage(to)) return null;
    return PACKAGES[to]?.includes(layer) ? null : `${path} imports ${to}`;
  });
