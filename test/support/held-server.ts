import { type ChildProcess, spawn } from 'node:child_process';
import net from 'node:net';
import koffi from 'koffi';
import { eventually } from './eventually.js';

/** A socket that listens and that nobody in this process accepts from, as the master holds it. */
export type Held = { readonly fd: number; readonly address: string; readonly port: number; close(): void };

type Handle = { readonly fd: number; close(): void; getsockname?(out: { port?: number }): number };
type Bind = (address: string, port: number, type: number) => Handle | number;

const bind = (net as unknown as { _createServerHandle: Bind })._createServerHandle;
const listen = koffi.load('libc.so.6').func('int listen(int, int)');

export function holdPort(): Held {
  const handle = bound(bind('0.0.0.0', 0, 4));
  const out: { port?: number } = {};
  handle.getsockname?.(out);
  const port = out.port ?? 0;
  return { fd: handle.fd, address: `tcp:0.0.0.0:${port}`, port, close: () => handle.close() };
}

export function holdPath(path: string): Held {
  const handle = bound(bind(path, -1, -1));
  return { fd: handle.fd, address: `unix:${path}`, port: 0, close: () => handle.close() };
}

function bound(handle: Handle | number): Handle {
  if (typeof handle === 'number') throw new Error(`cannot bind: errno ${handle}`);
  listen(handle.fd, 511);
  return handle;
}

export type Program = {
  readonly command: readonly string[];
  readonly cwd?: string;
  readonly preload?: string;
  readonly drain?: number;
  readonly env?: Readonly<Record<string, string>>;
};

export type Ending = { readonly code: number | null; readonly signal: string | null };

/** A child with the sockets at fd 3.. and at 100.., in its own process group. */
export type Worker = {
  readonly pid: number;
  readonly ended: Promise<Ending>;
  output(): string;
  /** Until its output matches; rejects when it ends before, or after 20 s. */
  says(pattern: RegExp): Promise<void>;
  /** To the leader alone, or with `tree` to its whole group. */
  signal(name: NodeJS.Signals, to?: 'tree'): void;
};

export function startWorker(held: readonly Held[], program: Program): Worker {
  const fds = held.map(({ fd }) => fd);
  const gap = Array(97 - fds.length).fill('ignore');
  const [command = '', ...words] = held.length > 0 ? [...TELLS_PID, ...program.command] : program.command;
  const child = spawn(command, words, {
    cwd: program.cwd,
    env: environment(held, program),
    stdio: ['ignore', 'pipe', 'pipe', ...fds, ...gap, ...fds],
    detached: true,
  });
  return watched(child);
}

const TELLS_PID = ['/bin/sh', '-c', 'LISTEN_PID=$$ exec "$@"', 'sh'];

function environment(held: readonly Held[], { preload, drain = 3000, env }: Program): NodeJS.ProcessEnv {
  // Node 20 reads the certificates named there at each start, which takes longer than the start itself.
  const { NODE_EXTRA_CA_CERTS: _, NODE_OPTIONS: __, ...inherited } = process.env;
  const options = preload && { NODE_OPTIONS: `--require=${preload}` };
  return { ...inherited, ...(held.length > 0 && given(held)), ...options, SUP_DRAIN: String(drain), ...env };
}

function given(held: readonly Held[]): Record<string, string> {
  return {
    LISTEN_FDS: String(held.length),
    LISTEN_PID: '',
    LISTEN_FDNAMES: held.map((_, index) => `s${index}`).join(':'),
    SUP_SOCKETS: held.map(({ address }, index) => `${100 + index}=${address}`).join(),
    SUP_APP: 'test',
    SUP_GROUP: 'web',
    SUP_WORKER: '0',
    PORT: String(held[0]?.port),
  };
}

function watched(child: ChildProcess): Worker {
  const { pid } = child;
  if (pid === undefined) throw new Error('the worker did not start');
  let text = '';
  let over = false;
  for (const stream of [child.stdout, child.stderr]) stream?.on('data', (bytes) => (text += bytes));
  const ended = new Promise<Ending>((resolve) =>
    child.once('close', (code, signal) => resolve({ code, signal })),
  );
  child.once('exit', () => (over = true));
  return {
    pid,
    ended,
    output: () => text,
    says: (pattern) =>
      eventually(`output like ${pattern}, not:\n${text}`, () => {
        if (over && !pattern.test(text)) throw new Error(`it ended, having said:\n${text}`);
        return pattern.test(text);
      }),
    signal: (name, to) => signal(to === 'tree' ? -pid : pid, name),
  };
}

function signal(to: number, name: NodeJS.Signals): void {
  if (Math.abs(to) <= 1) throw new Error('refused');
  try {
    process.kill(to, name);
  } catch {
    // It has ended.
  }
}

/** Takes the trees of these workers away, whatever state they are in. */
export async function endAll(workers: Iterable<Worker>): Promise<void> {
  for (const worker of workers) {
    worker.signal('SIGKILL', 'tree');
    await worker.ended;
  }
}
