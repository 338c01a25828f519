import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import type { Ready } from '../../../src/config/app.js';
import { type Preparation, prepareReadiness } from '../../../src/master/readiness/prepare.js';
import type { ReadinessNews, Subject, Watch } from '../../../src/master/readiness/readiness.js';
import { watchReadiness } from '../../../src/master/readiness/watch-readiness.js';
import { now } from '../../../src/system/clock.js';
import { descendants, listProcesses, sendSignal, startTime } from '../../../src/system/processes.js';

/** A real process under watch, as the master will have it. */
export type Life = {
  readonly subject: Subject;
  readonly preparation: Preparation;
  readonly news: ReadinessNews[];
  readonly lines: string[];
  /** Milliseconds from before the spawn to the first `ready`. */
  readyAfter(): number | null;
  ended(): boolean;
  signal(name: NodeJS.Signals): void;
  /** Kills it with its group, waits for that, and closes all. */
  end(): Promise<void>;
};

export type Options = {
  readonly speaks?: boolean;
  readonly env?: Record<string, string>;
  /** More descriptors of the child. */
  readonly stdio?: ReadonlyMap<number, number>;
};

let count = 0;

export function begin(argv: readonly string[], ready: Ready, dir: string, options: Options = {}): Life {
  const preparation = prepareReadiness(
    ready,
    { stateDir: dir, life: `life.${++count}` },
    options.speaks ?? false,
  );
  const env = { PATH: process.env['PATH'] ?? '', ...options.env, ...preparation.env };
  const began = now();
  const child = spawn(argv[0] ?? '', argv.slice(1), {
    env,
    cwd: dir,
    detached: true,
    stdio: stdioOf(new Map([...preparation.stdio, ...(options.stdio ?? [])])),
  });
  preparation.closeChildEnds();
  const lines: string[] = [];
  const subject = subjectOf(child, preparation, env, dir, lines);
  const news: ReadinessNews[] = [];
  let readyAfter: number | null = null;
  const watch = watchReadiness(subject, ready, (it) => {
    if (it.type === 'ready') readyAfter ??= now() - began;
    news.push(it);
  });
  return {
    subject,
    preparation,
    news,
    lines,
    readyAfter: () => readyAfter,
    ended: () => hasEnded(child),
    signal: (name) => void child.kill(name),
    end: () => end(child, watch, preparation),
  };
}

type Stdio = ('ignore' | 'pipe' | 'inherit' | 'ipc' | number)[];

function stdioOf(more: ReadonlyMap<number, number | 'ipc'>): Stdio {
  const stdio: Stdio = ['ignore', 'pipe', 'inherit'];
  for (const [fd, what] of more) stdio[fd] = what;
  return Array.from(stdio, (it) => it ?? 'ignore');
}

function subjectOf(
  child: ChildProcess,
  { notify, readyLine }: Preparation,
  env: Record<string, string>,
  cwd: string,
  lines: string[],
): Subject {
  const pid = child.pid ?? 0;
  const listeners = new Set<(line: string) => void>();
  if (child.stdout === null) throw new Error('no stdout');
  createInterface(child.stdout).on('line', (line) => {
    lines.push(line);
    for (const then of listeners) then(line);
  });
  const watchLines = (then: (line: string) => void) => {
    listeners.add(then);
    return () => void listeners.delete(then);
  };
  return {
    identity: { pid, startTime: startTime(pid) ?? '' },
    env,
    cwd,
    output: { watchLines },
    child: { onMessage: (then) => void child.on('message', then) },
    notify,
    readyLine,
  };
}

const hasEnded = (child: ChildProcess): boolean => child.exitCode !== null || child.signalCode !== null;

async function end(child: ChildProcess, watch: Watch, preparation: Preparation): Promise<void> {
  const { pid } = child;
  watch.close();
  if (pid !== undefined && pid > 1 && !hasEnded(child)) {
    const below = descendants(pid, listProcesses());
    process.kill(-pid, 'SIGKILL');
    for (const it of below) sendSignal(it, 'SIGKILL');
  }
  await until('the end of the process', () => hasEnded(child));
  preparation.close();
}

/** Waits for a condition, not for a time. */
export async function until(what: string, condition: () => boolean, within = 30_000): Promise<void> {
  for (const latest = now() + within; !condition(); await pass(5))
    if (now() > latest) throw new Error(`${what}: not within ${within} ms`);
}

/** Only before looking that something has NOT happened: a slow machine cannot make that fail. */
export const pass = (wait: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, wait));

export async function inFolder(use: (dir: string) => Promise<void>): Promise<void> {
  const dir = mkdtempSync(join(tmpdir(), 'sup-ready-'));
  try {
    await use(dir);
  } finally {
    rmSync(dir, { recursive: true, force: true });
  }
}

export const freePort = (): Promise<number> =>
  new Promise((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => resolve(typeof address === 'object' && address !== null ? address.port : 0));
    });
  });

/** A program of test/fixtures/readiness as the words that run it. */
export function fixture(name: string): string[] {
  const path = join(fixtures(dirname(fileURLToPath(import.meta.url))), name);
  if (name.endsWith('.js')) return [process.execPath, path];
  if (name.endsWith('.py')) return [python(), path];
  return [name.endsWith('.php') ? 'php' : 'sh', path];
}

function fixtures(from: string): string {
  const here = join(from, 'test', 'fixtures', 'readiness');
  return existsSync(here) || from === dirname(from) ? here : fixtures(dirname(from));
}

/** Not a version manager's shim, which takes longer than what is tested. */
const python = (): string => (existsSync('/usr/bin/python3') ? '/usr/bin/python3' : 'python3');

export const installed = (program: string): boolean =>
  (process.env['PATH'] ?? '').split(':').some((dir) => existsSync(join(dir, program)));
