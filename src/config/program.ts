import { resolve } from 'node:path';
import type { At } from './field.js';
import { look } from './on-disk.js';

/** Where a program is looked for. */
export type Whereabouts = { readonly cwd: string; readonly path: string | undefined };

/** Reports a program that could not be started; as execvp(3) looks for it. */
export function checkProgram(
  [program]: readonly string[],
  { cwd, path = STANDARD }: Whereabouts,
  at: At,
): void {
  if (program === undefined) return;
  if (program === '') at.report('the name of the program is empty');
  else if (program.includes('/')) checkFile(resolve(cwd, program), program, at);
  else if (!path.split(':').some((folder) => isProgram(resolve(cwd, folder, program)))) {
    at.report(`${program} is not found in PATH`, 'write its whole path, or set PATH under `env`');
  }
}

/** What execvp takes where there is no PATH. */
const STANDARD = '/bin:/usr/bin';

function checkFile(file: string, program: string, at: At): void {
  const seen = look(file);
  if (seen.kind === 'nothing')
    at.report(`${program} ${seen.why}`, file === program ? undefined : `looked for ${file}`);
  else if (seen.kind !== 'file') at.report(`${program} is a ${seen.kind}, not a program`);
  else if (!seen.executable) at.report(`${program} is not executable`, `chmod +x ${file}`);
}

function isProgram(file: string): boolean {
  const seen = look(file);
  return seen.kind === 'file' && seen.executable;
}
