import { nearest } from '../config/nearest.js';
import type { Names } from '../control/protocol.js';
import { SupError } from '../errors/sup-error.js';
import type { Slots } from '../group/group.js';

/** The groups that a command speaks of, and in each the slots; null is all of them. */
export type Chosen = ReadonlyMap<string, Slots>;

/** `web` is a group, `web.2` a worker; no names are all groups. Names that are not there: one error for all. */
export function choose(names: Names, counts: ReadonlyMap<string, number>): Chosen {
  if (names.length === 0) return new Map([...counts.keys()].map((group) => [group, null]));
  const unknown = names.filter((name) => !exists(name, counts));
  if (unknown.length > 0) throw unknownNames(unknown, counts);
  const chosen = new Map<string, Slots>();
  for (const name of names) {
    const { group, slot } = parse(name);
    const before = chosen.get(group);
    chosen.set(group, slot === null || before === null ? null : [...new Set([...(before ?? []), slot])]);
  }
  return chosen;
}

function exists(name: string, counts: ReadonlyMap<string, number>): boolean {
  const { group, slot } = parse(name);
  const count = counts.get(group);
  return count !== undefined && (slot === null || slot < count);
}

function parse(name: string): { readonly group: string; readonly slot: number | null } {
  const [, group = name, slot] = /^(.*)\.(\d{1,6})$/.exec(name) ?? [];
  return { group, slot: slot === undefined ? null : Number(slot) };
}

function unknownNames(unknown: Names, counts: ReadonlyMap<string, number>): SupError {
  const groups = [...counts.keys()];
  const lines = unknown.map((name) => unknownName(name, groups, counts));
  return new SupError('E_USAGE', lines.join('\n'), `groups of this app: ${groups.join(', ') || 'none'}`);
}

function unknownName(name: string, groups: readonly string[], counts: ReadonlyMap<string, number>): string {
  const { group, slot } = parse(name);
  const count = counts.get(group);
  if (count !== undefined && slot !== null) return `there is no worker ${name}: ${group} has ${range(count)}`;
  const near = nearest(group, groups);
  return `there is no group ${group}${near ? `, did you mean ${near}?` : ''}`;
}

const range = (count: number): string => (count === 0 ? 'none' : count === 1 ? '0' : `0 to ${count - 1}`);
