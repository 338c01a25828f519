import type { Path, Place } from './tree.js';

/** One thing that is wrong in a file of the config; `file` is relative to the folder of sup.yaml where it lies in there. */
export type Problem = {
  readonly file: string;
  readonly line: number;
  readonly column: number;
  /** `workers.web.count`; empty where it is about the file. */
  readonly key: string;
  readonly message: string;
  readonly hint?: string;
};

/** A problem that knows its place already. */
export type Fault = {
  readonly place: Place;
  readonly path: Path;
  readonly message: string;
  readonly hint?: string;
};

/** `sup.yaml:7:5 workers.web.cuont: unknown key, did you mean count?`, one line a problem. */
export function describeProblems(problems: readonly Problem[]): string {
  return problems.map(describe).join('\n');
}

function describe({ file, line, column, key, message, hint }: Problem): string {
  return `${file}:${line}:${column} ${key && `${key}: `}${message}${hint ? ` (${hint})` : ''}`;
}

export function problemOf(file: string, { place, path, message, hint }: Fault): Problem {
  return {
    file,
    line: place.line,
    column: place.column,
    key: path.join('.'),
    message,
    ...(hint ? { hint } : {}),
  };
}

/** By line within each file, the given file first; a default that several workers inherit is named once. */
export function inOrder(problems: readonly Problem[], first: string): readonly Problem[] {
  const once = new Map<string, Problem>();
  for (const problem of problems) {
    const same = [problem.file, problem.line, problem.column, problem.message].join('\0');
    if (problem.key.length < (once.get(same)?.key.length ?? Infinity)) once.set(same, problem);
  }
  const rank = ({ file }: Problem) => (file === first ? '' : file);
  return [...once.values()].sort(
    (a, b) => compare(rank(a), rank(b)) || a.line - b.line || a.column - b.column || compare(a.key, b.key),
  );
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
