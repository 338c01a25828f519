import type { GroupConfig } from '../config/app.js';
import { heldKey } from '../system/held.js';
import type { User } from '../system/users.js';

/** Where the held sockets begin: 3 as sd_listen_fds(3) has it; and once more where no Node parent closes them. */
export const LISTEN_AT = 3;
export const SHARED_AT = 100;

type Environment = Readonly<Record<string, string>>;

export type Setting = {
  readonly app: string;
  readonly slot: number;
  readonly config: GroupConfig;
  /** Set where the program runs as another user. */
  readonly user: User | null;
  /** The module that makes Node programs use the held sockets. */
  readonly preload: string;
};

/** What a life finds in its environment: the master's own, then its user's, then the config's, then ours. */
export function environmentOf(inherited: Environment, setting: Setting): Record<string, string> {
  const { app, slot, config, user } = setting;
  return {
    ...withoutOurs(inherited),
    ...(user && { HOME: user.home, USER: user.name, LOGNAME: user.name }),
    ...config.env,
    SUP_APP: app,
    SUP_GROUP: config.name,
    SUP_WORKER: String(slot),
    ...(config.listen.length > 0 && sockets({ ...inherited, ...config.env }, setting)),
  };
}

/** What was meant for the master, or for a program that it runs under. */
const OURS =
  /^(LISTEN_(PID|FDS|FDNAMES)|NOTIFY_SOCKET|WATCHDOG_(PID|USEC)|NODE_CHANNEL_(FD|SERIALIZATION_MODE)|SUP_.*)$/;
const withoutOurs = (inherited: Environment): Environment =>
  Object.fromEntries(Object.entries(inherited).filter(([name]) => !OURS.test(name)));

function sockets(environment: Environment, { config, preload }: Setting): Environment {
  const keys = config.listen.map(heldKey);
  return {
    LISTEN_FDS: String(keys.length),
    LISTEN_FDNAMES: config.listen.map(({ name }) => name).join(':'),
    SUP_SOCKETS: keys.map((key, i) => `${SHARED_AT + i}=${key}`).join(','),
    SUP_DRAIN: String(config.stop.drain),
    NODE_OPTIONS: [environment['NODE_OPTIONS'], `--require=${nodeQuoted(preload)}`].filter(Boolean).join(' '),
  };
}

/** NODE_OPTIONS knows double quotes and the backslash. */
const nodeQuoted = (path: string): string =>
  /[\s"\\]/.test(path) ? `"${path.replace(/["\\]/g, '\\$&')}"` : path;
