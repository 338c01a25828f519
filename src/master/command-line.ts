import type { GroupConfig, LimitName } from '../config/app.js';

/** Whom a program runs as, where it is not the master's own user. */
export type RunAs = { readonly uid: number; readonly gid: number; readonly initGroups: boolean };

/**
 * The words by which a program is executed. What has to be set between fork and exec is set by small standard
 * programs that exec each other, so that the pid stays: nice(1), prlimit(1), sh(1) for LISTEN_PID, setpriv(1).
 */
export function commandLine(config: GroupConfig, runAs: RunAs | null): readonly string[] {
  return [...niced(config), ...limited(config), ...listening(config), ...as(runAs), ...config.command];
}

const niced = ({ nice }: GroupConfig): readonly string[] =>
  nice === null ? [] : ['nice', '-n', String(nice)];

function limited({ limits }: GroupConfig): readonly string[] {
  const words = Object.entries(limits).map(([name, value]) => limit(name as LimitName, value));
  return words.length === 0 ? [] : ['prlimit', ...words];
}

/** Soft and hard at once, as prlimit(1) takes them. */
const limit = (name: LimitName, value: number | null): string => {
  const text = value === null ? 'unlimited' : String(value);
  return `--${name}=${text}:${text}`;
};

/** sd_listen_fds(3): LISTEN_PID must be the pid of the program, which nobody knows before the fork. */
const listening = ({ listen }: GroupConfig): readonly string[] =>
  listen.length === 0 ? [] : ['/bin/sh', '-c', 'LISTEN_PID=$$ exec "$@"', 'sh'];

function as(runAs: RunAs | null): readonly string[] {
  if (!runAs) return [];
  const groups = runAs.initGroups ? '--init-groups' : '--clear-groups';
  return ['setpriv', `--reuid=${runAs.uid}`, `--regid=${runAs.gid}`, groups];
}
