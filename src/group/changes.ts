import type { GroupConfig } from '../config/app.js';

/** What happens (or would happen) to one group, and the keys for which. */
export type GroupChange = {
  readonly group: string;
  /** `adjust`: taken up in place, no life is touched. */
  readonly does: 'nothing' | 'add' | 'remove' | 'replace' | 'signal' | 'adjust' | 'scale' | 'restart';
  readonly workers: readonly string[];
  readonly keys: readonly string[];
  readonly count: { readonly from: number; readonly to: number };
};

/** A group as it runs: its config, and the count that may have been scaled by hand. */
export type Running = { readonly config: GroupConfig; readonly count: number };

/** What a process is born with; a change of one of these needs a new life. */
const BORN_WITH = ['command', 'cwd', 'env', 'user', 'group', 'umask', 'nice', 'limits', 'listen'] as const;
/** What the master can take up while the process lives. */
const TAKEN_UP = ['ready', 'reload', 'stop', 'restart', 'logs', 'needs'] as const;

/** What `sup apply` does to each group, those that run and those in the file. */
export function applyChanges(
  running: readonly Running[],
  next: readonly GroupConfig[],
): readonly GroupChange[] {
  const kept = next.map((config) =>
    change(
      running.find((r) => r.config.name === config.name),
      config,
    ),
  );
  const removed = running.filter((r) => !next.some((config) => config.name === r.config.name)).map(remove);
  return [...kept, ...removed];
}

/** What `sup reload` does to a group: every life is replaced, since its code may be new. */
export function reloadChange(
  running: Running,
  next: GroupConfig,
  slots: readonly number[] | null,
): GroupChange {
  const born = differing(running.config, next, BORN_WITH);
  const keys = [...born, ...differing(running.config, next, TAKEN_UP)];
  const does = next.reload.by === 'signal' && born.length === 0 ? 'signal' : 'replace';
  const to = slots === null ? countAfterReload(running, next) : running.count;
  const workers = slots === null ? names(next.name, 0, to) : slots.map((slot) => `${next.name}.${slot}`);
  return { group: next.name, does, workers, keys, count: { from: running.count, to } };
}

/** A count that was scaled by hand outlives a reload, unless the file has another one than before. */
const countAfterReload = (running: Running, next: GroupConfig): number =>
  next.count === running.config.count ? running.count : next.count;

function change(running: Running | undefined, config: GroupConfig): GroupChange {
  const to = config.count;
  if (!running)
    return {
      group: config.name,
      does: 'add',
      workers: names(config.name, 0, to),
      keys: [],
      count: { from: 0, to },
    };
  const count = { from: running.count, to };
  const born = differing(running.config, config, BORN_WITH);
  const keys = [
    ...born,
    ...differing(running.config, config, TAKEN_UP),
    ...(count.from === to ? [] : ['count']),
  ];
  const does =
    born.length > 0 ? 'replace' : count.from !== to ? 'scale' : keys.length > 0 ? 'adjust' : 'nothing';
  return { group: config.name, does, workers: touched(config.name, does, count), keys, count };
}

function touched(
  group: string,
  does: GroupChange['does'],
  { from, to }: GroupChange['count'],
): readonly string[] {
  if (does === 'replace') return names(group, 0, to);
  return does === 'scale' ? names(group, Math.min(from, to), Math.max(from, to)) : [];
}

const remove = ({ config: { name }, count }: Running): GroupChange => ({
  group: name,
  does: 'remove',
  workers: names(name, 0, count),
  keys: [],
  count: { from: count, to: 0 },
});

const names = (group: string, from: number, to: number): readonly string[] =>
  Array.from({ length: Math.max(0, to - from) }, (_, i) => `${group}.${from + i}`);

function differing(a: GroupConfig, b: GroupConfig, keys: readonly (keyof GroupConfig)[]): readonly string[] {
  return keys.flatMap((key) => (key === 'env' ? differingEnv(a, b) : same(a[key], b[key]) ? [] : [key]));
}

/** Variables by name; their values may be secret. */
function differingEnv({ env: a }: GroupConfig, { env: b }: GroupConfig): readonly string[] {
  const all = [...new Set([...Object.keys(a), ...Object.keys(b)])];
  return all.filter((name) => a[name] !== b[name]).map((name) => `env.${name}`);
}

/** Configs are plain data; the order of keys is that of the schema, except in maps, which are sorted here. */
const same = (a: unknown, b: unknown): boolean => canonical(a) === canonical(b);
const canonical = (value: unknown): string => JSON.stringify(value, sortedKeys) ?? 'undefined';
const sortedKeys = (_: string, value: unknown): unknown =>
  value !== null && typeof value === 'object' && !Array.isArray(value)
    ? Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)))
    : value;
