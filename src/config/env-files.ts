import { resolve } from 'node:path';
import { parseDotenv } from './dotenv.js';
import type { At } from './field.js';
import { nameIn, readWhole } from './on-disk.js';
import { type Problem, problemOf } from './problem.js';

/** The variables of all files, later files over earlier ones; bad lines are added to `problems`. */
export function readEnvFiles(
  paths: readonly string[],
  dir: string,
  problems: Problem[],
  at: At,
): Record<string, string> {
  return Object.assign(
    {},
    ...paths.map((path, index) => readEnvFile(resolve(dir, path), dir, problems, at.key(String(index)))),
  );
}

function readEnvFile(file: string, dir: string, problems: Problem[], at: At): Record<string, string> {
  const read = readWhole(file);
  if (read.kind === 'nothing') {
    at.report(`${nameIn(dir, file)} ${read.why}`);
    return {};
  }
  const { values, faults } = parseDotenv(read.text);
  problems.push(
    ...faults.map(({ line, message }) =>
      problemOf(nameIn(dir, file), { place: { line, column: 1 }, path: [], message }),
    ),
  );
  return Object.fromEntries(values);
}
