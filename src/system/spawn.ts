import { ChildProcess, type Serializable } from 'node:child_process';
import { sealDescriptors } from './libc.js';
import { osError } from './os-error.js';
import { startTime } from './processes.js';

export { type CommandResult, runCommand } from './command.js';
export { type DaemonStart, sayFailed, sayReady, spawnDaemon } from './daemon.js';

export type Launch = {
  readonly argv: readonly string[];
  readonly cwd: string;
  readonly env: Readonly<Record<string, string>>;
  /** Index is the descriptor in the child. What is absent or 'ignore' is closed there; /dev/null for 0 to 2. */
  readonly stdio: readonly (number | 'ignore' | 'ipc' | undefined)[];
  readonly umask?: number;
};

export type Exit = { readonly code: number } | { readonly signal: string };

export type Child = {
  readonly pid: number;
  readonly startTime: string;
  /** Register it in the turn of the spawn. */
  onExit(then: (ending: Exit) => void): void;
  onMessage(then: (message: unknown) => void): void;
  disconnect(): void;
};

/**
 * In a session of its own, with all signals at their defaults (libuv resets them after the fork, SIGPIPE too).
 * Throws with `code` when it cannot be executed: ENOENT, EACCES, EAGAIN, E2BIG, …
 */
export function spawnChild(launch: Launch): Child {
  sealInherited();
  const child = new ChildProcess() as Spawnable;
  child.on('error', () => {});
  const errno = withUmask(launch.umask, () => child.spawn(optionsOf(launch)));
  const { pid } = child;
  if (errno || !pid) throw osError(errno, 'spawn', `${launch.argv[0]} in ${launch.cwd}`);
  return {
    pid,
    startTime: startTime(pid) ?? '',
    onExit: (then) =>
      void child.once('exit', (code, signal) => then(signal ? { signal } : { code: code ?? 0 })),
    onMessage: (then) => void child.on('message', (message: Serializable) => then(message)),
    disconnect: () => {
      if (child.connected) child.disconnect();
    },
  };
}

let sealed = false;

/** Once: what this process opens itself is close-on-exec anyway. */
function sealInherited(): void {
  if (!sealed) sealDescriptors(3);
  sealed = true;
}

/** What child_process.spawn calls, and whose result it drops: the errno, known before the next tick. */
type Spawnable = ChildProcess & { spawn(options: SpawnOptions): number };
type SpawnOptions = {
  file: string;
  args: string[];
  cwd: string;
  envPairs: string[];
  stdio: (number | 'ignore' | 'ipc')[];
  detached: boolean;
};

function optionsOf({ argv, cwd, env, stdio }: Launch): SpawnOptions {
  return {
    file: argv[0] ?? '',
    args: [...argv],
    cwd,
    envPairs: Object.entries(env).map(([name, value]) => `${name}=${value}`),
    stdio: Array.from(stdio, (fd) => fd ?? 'ignore'),
    detached: true,
  };
}

/** The fork happens inside of the call, so that nobody else sees this umask. */
function withUmask<T>(umask: number | undefined, action: () => T): T {
  if (umask === undefined) return action();
  const before = process.umask(umask);
  try {
    return action();
  } finally {
    process.umask(before);
  }
}
