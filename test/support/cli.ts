import { type ChildProcess, spawn } from 'node:child_process';
import { join } from 'node:path';
import { eventually } from './eventually.js';
import { PROJECT } from './project.js';

const SUP = join(PROJECT, 'bin/sup.js');

export type Ran = {
  readonly code: number | null;
  readonly signal: string | null;
  readonly stdout: string;
  readonly stderr: string;
};

export type Options = { readonly cwd: string; readonly env?: Readonly<Record<string, string>> };

/** The real `sup` on its way; the test ends it, or waits for its end. */
export class Running {
  stdout = '';
  stderr = '';
  readonly ended: Promise<Ran>;
  readonly #child: ChildProcess;

  constructor(argv: readonly string[], { cwd, env }: Options) {
    const stdio = ['ignore', 'pipe', 'pipe'] as ['ignore', 'pipe', 'pipe'];
    const child = spawn(process.execPath, [SUP, ...argv], { cwd, env: { ...process.env, ...env }, stdio });
    child.stdout.setEncoding('utf8').on('data', (text: string) => (this.stdout += text));
    child.stderr.setEncoding('utf8').on('data', (text: string) => (this.stderr += text));
    this.#child = child;
    this.ended = new Promise((resolve, reject) => {
      child.once('error', reject);
      child.once('close', (code, signal) =>
        resolve({ code, signal, stdout: this.stdout, stderr: this.stderr }),
      );
    });
  }

  get isOver(): boolean {
    return this.#child.exitCode !== null || this.#child.signalCode !== null;
  }

  /** To this very process, which has not been waited for yet. */
  signal(name: NodeJS.Signals): void {
    if (!this.isOver) this.#child.kill(name);
  }

  /** Until its output, both streams, matches. */
  says(words: RegExp): Promise<void> {
    return eventually(
      () => `${words} in\n${this.stdout}${this.stderr}`,
      () => words.test(this.stdout + this.stderr),
    );
  }
}

/** From its start to its end; a command that hangs fails the test. */
export async function runSup(argv: readonly string[], options: Options, within = 60_000): Promise<Ran> {
  const running = new Running(argv, options);
  let late = false;
  const timer = setTimeout(() => {
    late = true;
    running.signal('SIGKILL');
  }, within);
  const ran = await running.ended;
  clearTimeout(timer);
  if (late) throw new Error(`sup ${argv.join(' ')} still ran after ${within} ms\n${ran.stdout}${ran.stderr}`);
  return ran;
}
