import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { loadConfig } from '../../src/config/load.js';
import type { AppStatus, Control, Fact, WorkerStatus } from '../../src/control/protocol.js';
import type { SupError } from '../../src/errors/sup-error.js';
import { runMaster } from '../../src/master/main.js';
import { type Identity, isAlive, startTime } from '../../src/system/processes.js';
import { mortal, scratch, until } from '../system/scratch.js';

delete process.env['NODE_EXTRA_CA_CERTS'];

/** A program that is ready with its first line, and goes at once when told; `more` runs before that line. */
export const ready = (more = ':'): string =>
  `{ command: [sh, -c, '${more}; echo up; exec sleep 600'], ready: { log: up } }`;

export const FAILS = `{ command: [sh, -c, 'echo no luck >&2; exit 3'], ready: { log: up }, restart: { from: 10ms } }`;

/** The lines of sup.yaml for these workers. */
export const app = (workers: Readonly<Record<string, string>>): string =>
  ['name: shop', 'workers:', ...Object.entries(workers).map(([name, worker]) => `  ${name}: ${worker}`)].join(
    '\n',
  );

/** The same worker with further keys. */
export const also = (worker: string, keys: string): string => worker.replace(/ }$/, `, ${keys} }`);

export type Master = {
  readonly dir: string;
  readonly control: Control;
  readonly facts: readonly Fact[];
  /** Its exit status, once it has ended. */
  readonly status: Promise<number>;
  write(yaml: string): void;
  look(): Promise<AppStatus>;
  /** By name; the one that is no leaver. */
  worker(name: string): Promise<WorkerStatus | undefined>;
  pids(group: string): Promise<number[]>;
  log(worker: string): string;
  /** Ends it, whatever state it is in; all that it began is gone then. */
  end(): Promise<number>;
};

export const heard = (): void => {};

const open = new Set<{ readonly control: Control; readonly status: Promise<number> }>();

/** After each test, so that one that failed leaves nothing running. */
export async function endAll(): Promise<void> {
  const all = [...open];
  open.clear();
  await Promise.allSettled(all.map(({ control, status }) => end(control, status)));
}

/** A whole master in this process, with its verbs in hand instead of on a socket. */
export async function master(
  yaml: string,
  options: { foreground?: boolean; names?: readonly string[] } = {},
): Promise<Master> {
  const dir = scratch();
  const file = join(dir, 'sup.yaml');
  const write = (text: string) => writeFileSync(file, `${text}\n`);
  write(yaml);
  const facts: Fact[] = [];
  // The timers of a master do not keep a process alive.
  const alive = setInterval(() => {}, 1000);
  let status: Promise<number> = Promise.resolve(0);
  const control = await new Promise<Control>((resolve, reject) => {
    status = runMaster({
      config: loadConfig(file, { PATH: process.env['PATH'] ?? '' }),
      place: { stateDir: join(dir, 'state'), logDir: join(dir, 'log'), lock: join(dir, 'lock') },
      foreground: options.foreground ?? false,
      names: options.names ?? [],
      serve: async (control) => {
        resolve(control);
        return { close: async () => {} };
      },
      onFact: (fact) => {
        facts.push(fact);
        remember(fact);
      },
    }).finally(() => clearInterval(alive));
    status.catch(reject);
  });
  open.add({ control, status });
  return { dir, control, facts, status, write, ...looks(dir, control), end: () => end(control, status) };
}

/** So that nothing outlives a test that fails. */
function remember(fact: Fact): void {
  if (fact.kind !== 'worker' || fact.pid === null) return;
  const begin = startTime(fact.pid);
  if (begin !== null) mortal({ pid: fact.pid, startTime: begin });
}

function looks(dir: string, control: Control) {
  const look = () => control.status({ names: [] }, heard);
  const all = async () => (await look()).groups.flatMap(({ workers }) => workers);
  return {
    look,
    worker: async (name: string) => (await all()).find((w) => w.worker === name && w.part !== 'leaver'),
    pids: async (group: string) =>
      (await all()).filter((w) => w.worker.startsWith(`${group}.`)).flatMap(({ pid }) => pid ?? []),
    log: (worker: string) => {
      const path = join(dir, 'log', `${worker}.log`);
      return existsSync(path) ? readFileSync(path, 'utf8') : '';
    },
  };
}

async function end(control: Control, status: Promise<number>): Promise<number> {
  await control.stop({ names: [], graceful: false, now: true }, heard);
  return status;
}

/** The error that this ends with. */
export async function refusal(verb: Promise<unknown>): Promise<SupError> {
  return verb.then(
    () => {
      throw new Error('it was not refused');
    },
    (error: SupError) => error,
  );
}

export const identities = (pids: readonly number[]): Identity[] =>
  pids.map((pid) => ({ pid, startTime: startTime(pid) ?? '' }));

export const allGone = (ids: readonly Identity[]): Promise<unknown> =>
  until('all to be gone', () => ids.length > 0 && !ids.some(isAlive));
