import { isBuiltin } from 'node:module';
import { dirname } from 'node:path';
import type { Import, Source } from './source.js';

/** Every rule takes all sources, and gives one sentence for each breach. */
export type Rule = (sources: readonly Source[]) => string[];

/** Imports run only to an earlier line; the names on one line do not know each other. */
const LAYERS = [
  ['errors'],
  ['system'],
  ['config'],
  ['worker'],
  ['group', 'logs'],
  ['master', 'control'],
  ['cli'],
  ['commands'],
];
/** The contract of the two siblings, which the master implements. */
const CONTRACT = 'src/control/protocol';
/** A file of nouns that the system may name as types. */
const NOUNS = 'src/config/app';
/** Runs inside of the user's programs, and so brings nothing with it. */
const ISLAND = 'preload';

/** What computes only, and knows nothing of the machine. */
const HARMLESS = ['node:path', 'node:util', 'node:url'];
const PACKAGES: Readonly<Record<string, readonly string[]>> = {
  execa: ['system'],
  koffi: ['system'],
  chokidar: ['system'],
  yaml: ['config'],
  '@oclif/core': ['cli', 'commands'],
};
const SURROUNDINGS =
  /^(Date|Math\.random|process|performance|crypto|fetch|console|global|globalThis|require|set(Timeout|Interval|Immediate)|queueMicrotask)$/;
const VAGUE = /^(utils?|helpers?|common|misc|managers?|handlers?)$/;
const LONGEST = { src: 250, test: 400 };
/** Of config/ these are pure whatever they import; the rest as long as it does not reach the system. */
const PURE_CONFIG = /^src\/config\/(app|field|\w*-?schema)$/;

export const layers: Rule = (sources) => [
  ...sources.filter(({ path }) => !isPlaced(path)).map(({ path }) => `${path} is in no layer`),
  ...eachImport(sources, ({ path }, { to, typeOnly }) => {
    const [from, into] = [layerOf(path), layerOf(to)];
    const isFree =
      into === null ||
      into === from ||
      (to === CONTRACT && from === 'master') ||
      (typeOnly && to === NOUNS && from === 'system');
    return isFree || from === ISLAND || (isPlaced(to) && rank(into) < rank(from))
      ? null
      : `${path} imports ${to}`;
  }),
];

export const island: Rule = (sources) =>
  eachImport(sources, ({ path }, { to }) => {
    const [from, into] = [layerOf(path) === ISLAND, layerOf(to) === ISLAND];
    if (from) return into || isBuiltin(to) ? null : `${path} imports ${to}`;
    return into && layerOf(path) !== null ? `${path} imports ${to}` : null;
  });

export const noCycles: Rule = (sources) => {
  const byPath = new Map(sources.map((source) => [source.path, source]));
  const done = new Set<string>();
  const walk = (path: string, trail: readonly string[]): string[] => {
    if (trail.includes(path)) return [[...trail.slice(trail.indexOf(path)), path].join(' -> ')];
    if (done.has(path)) return [];
    const found = (byPath.get(path)?.imports ?? []).flatMap(({ to }) => walk(to, [...trail, path]));
    done.add(path);
    return found;
  };
  return sources.flatMap(({ path }) => walk(path, []));
};

export const purity: Rule = (sources) => {
  const pure = pureOf(sources);
  const open = new Set([
    ...pure.map(({ path }) => path),
    ...sources.map(({ path }) => path).filter(isErrors),
  ]);
  return [
    ...eachName(pure, SURROUNDINGS),
    ...eachImport(pure, ({ path }, { to, typeOnly }) =>
      open.has(to) || (layerOf(to) !== null && typeOnly) || (to === 'yaml' && layerOf(path) === 'config')
        ? null
        : `${path} imports ${to}`,
    ),
  ];
};

export const doors: Rule = (sources) => [
  ...eachImport(sources, ({ path }, { to }) => {
    const layer = layerOf(path);
    if (layer === null || layer === ISLAND || layerOf(to) !== null) return null;
    const isFree = isBuiltin(to)
      ? layer === 'system' || HARMLESS.includes(to)
      : PACKAGES[to]?.includes(layer);
    return isFree ? null : `${path} imports ${to}`;
  }),
  ...eachName(
    sources.filter(({ path }) => ![null, 'system', ISLAND].includes(layerOf(path))),
    /^process$/,
  ),
];

export const names: Rule = (sources) =>
  sources.flatMap(({ path }) => {
    const words = path.split(/[/.-]/).filter((word) => VAGUE.test(word));
    return [
      ...words.map((word) => `${path} is named ${word}`),
      ...(path.endsWith('/index') ? [`${path} is a barrel`] : []),
    ];
  });

export const defaults: Rule = (sources) =>
  sources
    .filter(({ path, exportsDefault }) => exportsDefault && layerOf(path) !== 'commands')
    .map(({ path }) => `${path} has a default export`);

export const size: Rule = (sources) =>
  sources
    .filter(({ path, lines }) => lines > (path.startsWith('test/') ? LONGEST.test : LONGEST.src))
    .map(({ path, lines }) => `${path} has ${lines} lines`);

export const checked: Rule = (sources) =>
  sources.flatMap(({ path, unchecked }) => unchecked.map((what) => `${path} has ${what}`));

export const tests: Rule = (sources) =>
  sources
    .filter(({ path }) => path.endsWith('.test'))
    .flatMap(({ path, suites, runs, picksOnly }) => [
      ...suites.filter((suite) => !runs.includes(suite)).map((suite) => `${path} forgets ${suite}.run()`),
      ...(suites.length === 0 ? [`${path} has no suite`] : []),
      ...(picksOnly ? [`${path} picks tests with .only`] : []),
    ]);

/** test/master/verbs/ holds tests of src/master/verbs/, by file or by topic. */
export const mirrors: Rule = (sources) => {
  const paths = sources.map(({ path }) => path);
  const folders = new Set(paths.map((path) => dirname(path)));
  const layers = new Set(paths.map(layerOf));
  return paths.filter((path) => {
    const [, folder, layer = ''] = /^test\/((\w+)(?:\/[\w-]+)*)\/[\w.-]+\.test$/.exec(path) ?? [];
    return folder !== undefined && layers.has(layer) && !folders.has(`src/${folder}`) && !folders.has(folder);
  });
};

/** The folders of src/ that the text of its map does not name. */
export function unmapped(folders: readonly string[], map: string): string[] {
  return folders.filter((folder) => !map.includes(`${folder}/`));
}

function eachImport(
  sources: readonly Source[],
  breach: (source: Source, one: Import) => string | null,
): string[] {
  return sources.flatMap((source) => source.imports.flatMap((one) => breach(source, one) ?? []));
}

function eachName(sources: readonly Source[], forbidden: RegExp): string[] {
  return sources.flatMap(({ path, names }) =>
    [...names].filter((name) => forbidden.test(name)).map((name) => `${path} names ${name}`),
  );
}

function layerOf(path: string): string | null {
  const [, layer] = /^(?:src\/(\w+)|(commands)\/)/.exec(path)?.filter(Boolean) ?? [];
  return layer ?? null;
}

function isPlaced(path: string): boolean {
  const layer = layerOf(path);
  return layer === ISLAND || rank(layer) >= 0;
}

function rank(layer: string | null): number {
  return LAYERS.findIndex((names) => layer !== null && names.includes(layer));
}

function isErrors(path: string): boolean {
  return layerOf(path) === 'errors';
}

/** All of worker/ and group/, and of config/ what does not read the machine by way of any other file. */
function pureOf(sources: readonly Source[]): Source[] {
  const reach = reachingSystem(sources);
  return sources.filter(({ path }) => {
    const layer = layerOf(path);
    return layer === 'config'
      ? PURE_CONFIG.test(path) || !reach.has(path)
      : layer === 'worker' || layer === 'group';
  });
}

function reachingSystem(sources: readonly Source[]): Set<string> {
  const reach = new Set<string>();
  const reaches = ({ imports }: Source): boolean =>
    imports.some(({ to, typeOnly }) => !typeOnly && (layerOf(to) === 'system' || reach.has(to)));
  for (let before = -1; before !== reach.size; ) {
    before = reach.size;
    for (const source of sources) if (reaches(source)) reach.add(source.path);
  }
  return reach;
}
