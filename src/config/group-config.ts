import { resolve } from 'node:path';
import { cpuCount } from '../system/machine.js';
import { checkAccount } from './account.js';
import type { GroupConfig, Limits, Ready } from './app.js';
import { commandWords } from './command.js';
import { readEnvFiles } from './env-files.js';
import type { At } from './field.js';
import { listenOf } from './listen.js';
import { look } from './on-disk.js';
import type { Problem } from './problem.js';
import { checkProgram } from './program.js';
import { readyOf } from './ready.js';
import type { WorkerFile } from './worker-schema.js';

/** The folder of sup.yaml, and where problems in other files go. */
export type Surroundings = { readonly dir: string; readonly problems: Problem[] };

/** A group as the file has it, made ready for this machine; what the machine does not have is reported. */
export function groupConfig(
  name: string,
  file: WorkerFile,
  { dir, problems }: Surroundings,
  at: At,
): GroupConfig {
  const { restart, reload, stop, logs, umask, nice } = file;
  const listen = listenOf(file.listen, dir, at.key('listen'));
  const fromFiles = readEnvFiles(file.envFile ?? [], dir, problems, at.key('envFile'));
  const env = { ...fromFiles, ...Object.fromEntries(file.env) };
  const command = commandWords(file.command, file.shell, at.key('command'));
  const cwd = folder(file.cwd, dir, at.key('cwd'));
  const whereabouts = { cwd: cwd ?? dir, path: env['PATH'] ?? at.environment['PATH'] };
  const ready = within(dir, readyOf(file.ready, listen, at.key('ready')));
  if (cwd !== null) checkProgram(command, whereabouts, at.key('command'));
  if (cwd !== null && ready.by === 'command')
    checkProgram(ready.command, whereabouts, at.key('ready').key('command'));
  checkAccount(file, at);
  return {
    name,
    command,
    listen,
    env,
    ready,
    restart,
    reload,
    stop,
    logs,
    umask,
    nice,
    cwd: whereabouts.cwd,
    count: file.count === 'auto' ? cpuCount() : file.count,
    user: file.user,
    group: file.group,
    limits: limitsOf(file.limits),
    needs: file.needs ?? [],
  };
}

/** Null where it is no folder, which was reported. */
function folder(path: string | null, dir: string, at: At): string | null {
  const cwd = resolve(dir, path ?? '.');
  const seen = look(cwd);
  if (seen.kind === 'folder') return cwd;
  at.report(seen.kind === 'nothing' ? `${cwd} ${seen.why}` : `${cwd} is no folder`);
  return null;
}

/** Paths of socket files are relative to the folder of sup.yaml. */
function within(dir: string, ready: Ready): Ready {
  if (ready.by !== 'http' && ready.by !== 'tcp') return ready;
  const { target } = ready;
  return target.kind === 'tcp'
    ? ready
    : { ...ready, target: { kind: 'unix', path: resolve(dir, target.path) } };
}

function limitsOf(limits: WorkerFile['limits']): Limits {
  return Object.fromEntries(Object.entries(limits).filter(([, limit]) => limit !== undefined));
}
