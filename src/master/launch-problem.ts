import { isAbsolute, join } from 'node:path';
import type { GroupConfig } from '../config/app.js';
import { fileInfo } from '../system/files.js';
import { ownUser } from '../system/machine.js';
import { findGroup, findUser } from '../system/users.js';

/** Why this program cannot be run here and now, with the path; null if nothing speaks against it. */
export function launchProblem(config: GroupConfig, path: string): string | null {
  return folderProblem(config.cwd) ?? userProblem(config) ?? programProblem(config, path);
}

function folderProblem(cwd: string): string | null {
  const found = fileInfo(cwd);
  if (!found) return `the working folder ${cwd} does not exist`;
  return found.kind === 'folder' ? null : `the working folder ${cwd} is not a folder`;
}

function userProblem({ user, group }: GroupConfig): string | null {
  const found = user === null ? null : findUser(user);
  if (user !== null && !found) return `there is no user ${user}`;
  if (group !== null && !findGroup(group)) return `there is no group ${group}`;
  const own = ownUser();
  const changes = (found && found.uid !== own.uid) || group !== null;
  return changes && own.uid !== 0
    ? `only root can run it as ${user ?? group}; this master is ${own.name}`
    : null;
}

function programProblem({ command, cwd }: GroupConfig, path: string): string | null {
  const [program = ''] = command;
  if (!program.includes('/'))
    return inPath(program, cwd, path) ? null : `${program} was not found in PATH (${path})`;
  const file = isAbsolute(program) ? program : join(cwd, program);
  const found = fileInfo(file);
  if (!found) return `${file} does not exist`;
  if (found.kind !== 'file') return `${file} is not a file`;
  return found.executable ? null : `${file} is not executable: chmod +x ${file}`;
}

const inPath = (program: string, cwd: string, path: string): boolean =>
  path
    .split(':')
    .some((folder) => fileInfo(join(isAbsolute(folder) ? folder : join(cwd, folder), program))?.executable);

/** What a launch that threw says of the reason. */
export function launchReason(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const { code = '', syscall } = error as NodeJS.ErrnoException;
  // The program itself was there a moment before.
  if (code === 'ENOENT' && syscall === 'spawn')
    return `${error.message.replace(/^spawn ENOENT /, '')}: the interpreter that its #! names does not exist`;
  return REASONS[code] ?? error.message;
}

const REASONS: Readonly<Record<string, string>> = {
  EAGAIN: 'no more processes are allowed here (EAGAIN): see `ulimit -u` and pids.max',
  ENOMEM: 'there is not enough memory for another process (ENOMEM)',
  EMFILE: 'no more open files are allowed to the master (EMFILE): see `ulimit -n`',
  E2BIG: 'its arguments and environment are too long (E2BIG)',
};
