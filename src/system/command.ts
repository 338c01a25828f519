import type { Millis } from './clock.js';

export type CommandResult = {
  /** Null when a signal ended it, or when it could not be executed at all. */
  readonly code: number | null;
  readonly signal: string | null;
  readonly stdout: string;
  readonly stderr: string;
  readonly timedOut: boolean;
};

type CommandOptions = {
  readonly cwd?: string;
  readonly env?: Readonly<Record<string, string>>;
  readonly timeout?: Millis;
};

const MOST_OUTPUT = 4 * 1024 * 1024;

/** Runs a tool to its end; never rejects. Without `env` it gets ours. */
export async function runCommand(
  argv: readonly string[],
  options: CommandOptions = {},
): Promise<CommandResult> {
  const { execa } = await import('execa');
  const [file = '', ...args] = argv;
  const result = await execa(file, args, {
    ...options,
    extendEnv: options.env === undefined,
    reject: false,
    stdin: 'ignore',
    maxBuffer: MOST_OUTPUT,
    forceKillAfterDelay: 500,
    stripFinalNewline: false,
  });
  const failed = result.exitCode === undefined && !result.signal && !result.timedOut;
  return {
    code: result.exitCode ?? null,
    signal: result.signal ?? null,
    stdout: result.stdout,
    stderr: failed ? (result.shortMessage ?? '') : result.stderr,
    timedOut: result.timedOut,
  };
}
