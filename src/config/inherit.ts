import { type Entry, entryOf, isNothing, lengthen, type MapTree, type Tree } from './tree.js';
import { sharedKeys } from './worker-schema.js';

/** Gives each worker what stands at the top of the file and not at the worker; maps are merged key by key. */
export function inherit(tree: Tree): Tree {
  if (tree.kind !== 'map') return tree;
  const shared = tree.entries.filter(({ key, value }) => Object.hasOwn(sharedKeys, key) && !isNothing(value));
  const entries = tree.entries.map((entry) => (entry.key === 'workers' ? inheritAll(entry, shared) : entry));
  return { ...tree, entries };
}

function inheritAll(workers: Entry, shared: readonly Entry[]): Entry {
  if (workers.value.kind !== 'map') return workers;
  const entries = workers.value.entries.map((entry) => ({
    ...entry,
    value: underlay(lengthen(entry.value, 'command'), shared),
  }));
  return { ...workers, value: { ...workers.value, entries } };
}

function underlay(worker: Tree, shared: readonly Entry[]): Tree {
  if (worker.kind !== 'map') return worker;
  const own = worker.entries.map((entry) =>
    merge(
      entry,
      shared.find(({ key }) => key === entry.key),
    ),
  );
  return { ...worker, entries: [...own, ...absent(shared, worker)] };
}

/** `restart: never` merges with `restart: { to: 1m }` as well. */
function merge(entry: Entry, below: Entry | undefined): Entry {
  if (!below) return entry;
  const [over, under] = [entry.value, below.value].map((tree) =>
    entry.key === 'restart' ? lengthen(tree, 'when') : tree,
  );
  if (over?.kind !== 'map' || under?.kind !== 'map') return entry;
  return { ...entry, value: { ...over, entries: [...over.entries, ...absent(under.entries, over)] } };
}

function absent(entries: readonly Entry[], map: MapTree): readonly Entry[] {
  return entries.filter(({ key }) => entryOf(map, key) === undefined);
}
