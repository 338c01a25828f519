import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import type { LogPolicy } from '../../../src/config/app.js';
import { parseLogName } from '../../../src/logs/log-names.js';
import { type Capture, type LifeOutput, type Loss, openCapture } from '../../../src/master/output/capture.js';

export const POLICY: LogPolicy = { rotate: 50e6, every: null, keep: 1000, compress: false };

const folders: string[] = [];
const children: ChildProcess[] = [];

export function scratch(): string {
  const folder = mkdtempSync(join(tmpdir(), 'sup-logs-'));
  folders.push(folder);
  return folder;
}

export type Rig = {
  readonly dir: string;
  readonly logDir: string;
  readonly capture: Capture;
  readonly losses: Loss[];
};

export function openRig(dir = scratch()): Rig {
  const logDir = join(dir, 'logs');
  const losses: Loss[] = [];
  const capture = openCapture({ stateDir: dir, logDir, onLoss: (loss) => losses.push(loss) });
  return { dir, logDir, capture, losses };
}

/** Another program, with its output to these descriptors; killed at the latest when this process exits. */
export function run(
  argv: readonly string[],
  stdout: number | 'ignore',
  stderr: number | 'ignore' | 'inherit',
): ChildProcess {
  const { NODE_EXTRA_CA_CERTS: _, ...env } = process.env;
  const [file = '', ...args] = argv;
  const child = spawn(file, args, { stdio: ['ignore', stdout, stderr], env });
  children.push(child);
  return child;
}

export const node = (code: string): readonly string[] => [process.execPath, '-e', code];

/** A life of this worker that runs `argv`. */
export function live(
  { capture }: Rig,
  worker: string,
  life: number,
  argv: readonly string[],
  policy = POLICY,
) {
  const output = capture.slot(worker, policy).openLife(life);
  const child = run(argv, output.stdout, output.stderr);
  output.closeChildEnds();
  return { output, child };
}

/** Waits, and keeps this process alive: the capture alone does not. */
export async function endOf(output: LifeOutput): Promise<void> {
  const alive = setInterval(() => {}, 1000);
  await new Promise<void>((resolve) => output.onEnded(resolve));
  clearInterval(alive);
}

/** The texts of its files, oldest first. */
export function textsOf(logDir: string, worker: string): string[] {
  const files = existsSync(logDir) ? readdirSync(logDir) : [];
  const logs = files.filter((file) => parseLogName(file)?.worker === worker);
  const stampOf = (file: string) => parseLogName(file)?.stamp ?? 'now';
  return logs
    .sort((a, b) => (stampOf(a) < stampOf(b) ? -1 : 1))
    .map((file) => {
      const bytes = readFileSync(join(logDir, file));
      return (file.endsWith('.gz') ? gunzipSync(bytes) : bytes).toString();
    });
}

export const textOf = (logDir: string, worker: string): string => textsOf(logDir, worker).join('');

/** A file system of 64 KiB; false where that may not be. */
export function mountSmall(folder: string): boolean {
  if (process.getuid?.() !== 0) return false;
  return spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=64k', 'sup-test', folder]).status === 0;
}

export function unmount(folder: string): void {
  spawnSync('umount', [folder]);
}

process.on('exit', () => {
  for (const child of children)
    if (child.exitCode === null && child.signalCode === null) child.kill('SIGKILL');
  for (const folder of folders) rmSync(folder, { recursive: true, force: true });
});
