import { spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pause } from './pause.js';
import { ended } from './wait.js';

/** Not SUP_…: sup keeps those from its workers. */
const MARK = 'BENCH_PLACE';
const places = new Set<Place>();
let made = 0;

export type Command = {
  readonly ended: Promise<void>;
  readonly pid: number;
  output(): string;
};

/** A folder, and a mark in the environment by which everything that was started here is found and ended. */
export class Place {
  readonly folder = mkdtempSync(join(tmpdir(), 'sup-bench-'));
  private readonly mark = `${process.pid}.${++made}`;
  /** An argument for sleep(1) that nobody else uses. */
  readonly nap = `1${String(process.pid).padStart(7, '0')}.${made}`;
  readonly env: Readonly<Record<string, string>>;

  constructor() {
    places.add(this);
    const { NODE_EXTRA_CA_CERTS: _, NODE_OPTIONS: __, ...inherited } = process.env;
    this.env = {
      ...(inherited as Record<string, string>),
      [MARK]: this.mark,
      XDG_RUNTIME_DIR: this.made('run'),
      XDG_STATE_HOME: this.made('state'),
      PM2_HOME: this.made('pm2'),
      PM2_DISABLE_VERSION_CHECK: 'true',
    };
  }

  path(...names: string[]): string {
    return join(this.folder, ...names);
  }

  write(name: string, text: string): string {
    writeFileSync(this.path(name), text);
    return this.path(name);
  }

  /** Rejects, with what it printed, unless it exits with 0 in time. */
  run(argv: readonly string[], within = 60_000): Promise<void> {
    return this.command(argv, { within }).ended;
  }

  command(argv: readonly string[], { within = 60_000 } = {}): Command {
    const [file = '', ...args] = argv;
    const child = spawn(file, args, { cwd: this.folder, env: this.env, stdio: ['ignore', 'pipe', 'pipe'] });
    let output = '';
    for (const stream of [child.stdout, child.stderr])
      stream.setEncoding('utf8').on('data', (text) => {
        output += text;
      });
    const told = ended(child, within).catch((error: Error) => {
      const words = output.trimEnd().split('\n').slice(-3).join('\n');
      throw new Error(`${argv.join(' ')}: ${error.message}\n${words}`);
    });
    told.catch(() => {});
    return { ended: told, pid: child.pid ?? 0, output: () => output };
  }

  /** At once and without asking: SIGKILL to everything that carries the mark, until nothing does. */
  end(): void {
    if (!places.delete(this)) return;
    const deadline = performance.now() + 20_000;
    for (let left = marked(this.mark); left.length > 0; left = marked(this.mark)) {
      if (performance.now() > deadline) throw new Error(`still there: ${left.join(' ')}`);
      for (const pid of left) kill(pid);
      pause(5);
    }
    rmSync(this.folder, { recursive: true, force: true });
  }

  private made(name: string): string {
    mkdirSync(this.path(name), { mode: 0o700 });
    return this.path(name);
  }
}

export function endAllPlaces(): void {
  for (const place of places) place.end();
}

function marked(mark: string): number[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name) && environmentOf(name).includes(`${MARK}=${mark}\0`))
    .map(Number)
    .filter((pid) => pid > 1 && pid !== process.pid);
}

function environmentOf(pid: string): string {
  try {
    return readFileSync(`/proc/${pid}/environ`, 'latin1');
  } catch {
    return '';
  }
}

function kill(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL');
  } catch {
    // It has just ended.
  }
}
