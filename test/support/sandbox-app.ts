import { randomBytes } from 'node:crypto';
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import * as assert from 'uvu/assert';
import { DAEMON_VERB } from '../../src/cli/daemon-verb.js';
import { type Place, placeOf } from '../../src/cli/place.js';
import { connectControl } from '../../src/control/client.js';
import type { AppStatus, Control, Fact, GroupStatus, WorkerStatus } from '../../src/control/protocol.js';
import { lockHolder } from '../../src/system/lock.js';
import { type Ran, Running, runSup } from './cli.js';
import { eventually } from './eventually.js';
import { allProcesses, kill, read, type Seen } from './proc.js';

/** The `workers:` of a sup.yaml, or its whole text. */
export type Workers = Readonly<Record<string, unknown>> | string;

/** An app in a folder of its own, used through the real `sup`; what is asked often goes to its master directly. */
export class SandboxApp {
  readonly name = `j${randomBytes(4).toString('hex')}`;
  readonly folder = mkdtempSync(join(tmpdir(), 'app-'));
  readonly place: Place = placeOf(this.name);
  readonly #begun: Running[] = [];

  path(...parts: readonly string[]): string {
    return join(this.folder, ...parts);
  }

  write(file: string, text = '', mode?: number): string {
    const path = this.path(file);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, text);
    if (mode !== undefined) chmodSync(path, mode);
    return path;
  }

  /** Without a word where it is there already. */
  touch(file: string): void {
    this.write(file);
  }

  /** A program of /bin/sh in the app's folder. */
  script(file: string, ...lines: readonly string[]): void {
    this.write(file, `#!/bin/sh\n${lines.join('\n')}\n`, 0o755);
  }

  has(file: string): boolean {
    return existsSync(this.path(file));
  }

  read(file: string): string {
    return this.has(file) ? readFileSync(this.path(file), 'utf8') : '';
  }

  remove(file: string): void {
    rmSync(this.path(file), { recursive: true });
  }

  /** Writes sup.yaml; JSON is YAML. */
  configure(workers: Workers): void {
    const text = typeof workers === 'string' ? workers : JSON.stringify(workers, null, 2);
    this.write('sup.yaml', `name: ${this.name}\nworkers: ${text}\n`);
  }

  sup(...argv: readonly string[]): Promise<Ran> {
    return runSup(argv, { cwd: this.folder });
  }

  /** Rejects, with what it said, when it ends with another exit status than 0. */
  async done(...argv: readonly string[]): Promise<Ran> {
    const ran = await this.sup(...argv);
    if (ran.code === 0) return ran;
    throw new Error(`sup ${argv.join(' ')}: ${ran.code ?? ran.signal}\n${ran.stdout}${ran.stderr}`);
  }

  /** For what is to be looked at, or signalled, while it runs; ended with the app. */
  begin(...argv: readonly string[]): Running {
    const running = new Running(argv, { cwd: this.folder });
    this.#begun.push(running);
    return running;
  }

  control(): Promise<Control> {
    return connectControl(this.place.socket);
  }

  async status(): Promise<AppStatus> {
    return (await this.control()).status({ names: [] }, () => {});
  }

  async group(name: string): Promise<GroupStatus> {
    const found = (await this.status()).groups.find(({ group }) => group === name);
    if (!found) throw new Error(`there is no group ${name}`);
    return found;
  }

  async worker(name: string): Promise<WorkerStatus> {
    const workers = (await this.status()).groups.flatMap((group) => group.workers);
    const found = workers.find(({ worker }) => worker === name);
    if (!found) throw new Error(`there is no worker ${name}`);
    return found;
  }

  /** Of the workers that are ready, in the order of their slots. */
  async pids(group = 'web'): Promise<number[]> {
    const { workers } = await this.group(group);
    return workers.flatMap(({ phase, pid }) => (phase === 'ready' && pid !== null ? [pid] : []));
  }

  async facts(): Promise<readonly Fact[]> {
    return (await (await this.control()).events({ follow: false }, () => {})).events;
  }

  async becomes(worker: string, is: (status: WorkerStatus) => boolean): Promise<WorkerStatus> {
    let last = await this.worker(worker);
    await slowly(
      () => `${worker} is not so: ${JSON.stringify(last)}`,
      async () => {
        last = await this.worker(worker);
        return is(last);
      },
    );
    return last;
  }

  /** Its workers and what they began, as /proc has them. */
  processes(group?: string): Seen[] {
    return allProcesses().filter(
      ({ environment }) =>
        environment['SUP_APP'] === this.name && (group === undefined || environment['SUP_GROUP'] === group),
    );
  }

  /** The first process of each life. */
  lives(group?: string): number[] {
    return this.processes(group).flatMap(({ pid, session }) => (pid === session ? [pid] : []));
  }

  /** The pid of who holds its lock. */
  masterPid(): number | null {
    return lockHolder(this.place.lock);
  }

  /** In the background, also those that have no lock yet or wait for one. */
  masters(): Seen[] {
    const file = this.path('sup.yaml');
    return allProcesses().filter(({ pid }) => {
      const words = read(pid, 'cmdline').split('\0');
      return words.includes(DAEMON_VERB) && words.includes(file);
    });
  }

  /** Every worker is gone now, and so is its lock; what is left of the master's process goes, too. */
  async isGone(): Promise<void> {
    assert.equal([this.processes(), this.masterPid()], [[], null]);
    await slowly('the master is gone', () => this.masters().length === 0);
  }

  /** SIGKILL to the master and all that it runs; comes back when they are gone. */
  async killAll(): Promise<void> {
    await slowly('master and workers are gone', () => {
      const left = [...this.masters(), ...this.processes()];
      left.forEach(kill);
      return left.length === 0;
    });
  }

  /** Whatever state it is in, nothing of it is left. */
  async end(): Promise<void> {
    for (const running of this.#begun) running.signal('SIGKILL');
    await Promise.all(this.#begun.map(({ ended }) => ended));
    await this.killAll();
    for (const folder of [this.folder, this.place.stateDir, this.place.logDir])
      rmSync(folder, { recursive: true, force: true });
  }
}

/** As `eventually`, where each look costs more. */
export const slowly: typeof eventually = (what, seen, within) => {
  const look = async (): Promise<boolean> => {
    if (await seen()) return true;
    await sleep(40);
    return false;
  };
  return eventually(what, look, within);
};

/** A test with an app of its own. */
export function withApp(test: (app: SandboxApp) => Promise<void>): () => Promise<void> {
  return async () => {
    const app = new SandboxApp();
    try {
      await test(app);
    } finally {
      await app.end();
    }
  };
}

/** A program that only lives: ready when it has said so. */
export const SLEEPER = {
  command: ['sh', '-c', 'echo up; exec sleep 1000'],
  ready: { log: '/up/' },
} as const;
