import { availableParallelism, homedir, userInfo } from 'node:os';
import { join } from 'node:path';
import { cgroupCpus } from './cgroup.js';

/** What this process may really use: the quota of its cgroup, its affinity, the machine. */
export const cpuCount = (): number => Math.max(1, Math.floor(Math.min(availableParallelism(), cgroupCpus())));

export const ownPid: number = process.pid;

/** Also where the uid has no entry in passwd, as in many containers. */
export function ownUser(): { readonly uid: number; readonly name: string } {
  try {
    const { uid, username } = userInfo();
    return { uid, name: username };
  } catch {
    const uid = process.geteuid?.() ?? 0;
    return { uid, name: String(uid) };
  }
}

export function environment(): Record<string, string> {
  const set = Object.entries(process.env).filter(
    (entry): entry is [string, string] => entry[1] !== undefined,
  );
  return Object.fromEntries(set);
}

/** Where the sockets and the state of running apps live, one folder for each app below it. */
export function runtimeBase(): string {
  const { XDG_RUNTIME_DIR } = process.env;
  if (XDG_RUNTIME_DIR) return join(XDG_RUNTIME_DIR, 'sup');
  return ownUser().uid === 0 ? '/run/sup' : `/tmp/sup-${ownUser().uid}`;
}

/** Where log files live, one folder for each app below it. */
export function logBase(): string {
  const { XDG_STATE_HOME } = process.env;
  if (XDG_STATE_HOME) return join(XDG_STATE_HOME, 'sup');
  return ownUser().uid === 0 ? '/var/log/sup' : join(homedir(), '.local', 'state', 'sup');
}

export { onOutputClosed, terminal, writeErr, writeOut } from './terminal.js';
