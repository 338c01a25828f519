import type { At } from './field.js';
import type { Fault } from './problem.js';
import { locate, type Path, type Tree, written } from './tree.js';

/** A problem in terms of its key; where that stands is looked up in the tree. */
export type Finding = {
  readonly path: Path;
  readonly message: string;
  readonly hint?: string;
  readonly on: 'key' | 'value';
};

/** The start of a reading; what it reports is added to `findings`. */
export function reportTo(findings: Finding[], environment: Readonly<Record<string, string>>): At {
  return atPath([], findings, environment);
}

function atPath(path: Path, findings: Finding[], environment: Readonly<Record<string, string>>): At {
  return {
    path,
    environment,
    key: (name) => atPath([...path, name], findings, environment),
    report: (message, hint, on = 'value') => {
      findings.push({ path, message, on, ...(hint === undefined ? {} : { hint }) });
      return undefined;
    },
  };
}

export function faultOf(tree: Tree, { on, ...finding }: Finding): Fault {
  return { ...finding, path: written(tree, finding.path), place: locate(tree, finding.path, on) };
}
