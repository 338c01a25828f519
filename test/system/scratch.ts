import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { type Identity, signalGroup } from '../../src/system/processes.js';

const DEADLINE = 30_000;
const folders: string[] = [];
const processes: ChildProcess[] = [];
const mortals: Identity[] = [];

/** A new folder, gone when this process exits. */
export function scratch(): string {
  const folder = mkdtempSync(join(tmpdir(), 'sup-test-'));
  folders.push(folder);
  return folder;
}

/** A program of the test, killed at the latest when this process exits. */
export function start(
  file: string,
  args: readonly string[],
  options: { env?: NodeJS.ProcessEnv } = {},
): ChildProcess {
  const child = spawn(file, args, { stdio: ['pipe', 'pipe', 'inherit'], env: cleanEnvironment(options.env) });
  processes.push(child);
  return child;
}

/** What sup itself started: its process group is killed at the latest when this process exits. */
export function mortal<T extends Identity>(id: T): T {
  mortals.push(id);
  return id;
}

/** Another Node that runs this module text; `SYSTEM` in it is the folder of src/system. */
export const startNode = (code: string, ...args: string[]): ChildProcess =>
  start(process.execPath, ['--input-type=module', '-e', code.replaceAll('SYSTEM', SYSTEM), ...args]);

const SYSTEM = new URL('../../src/system', import.meta.url).href;

/** Without what makes Node slow to start, or what belongs to the shell of who runs the tests. */
export function cleanEnvironment(more: NodeJS.ProcessEnv = {}): Record<string, string> {
  const { NODE_EXTRA_CA_CERTS: _, ...env } = { ...process.env, ...more };
  return env as Record<string, string>;
}

type Found<T> = Exclude<T, false | null | undefined>;

export async function until<T>(what: string, condition: () => T | Promise<T>): Promise<Found<T>> {
  const deadline = performance.now() + DEADLINE;
  for (;;) {
    const value = await condition();
    if (value) return value as Found<T>;
    if (performance.now() > deadline) throw new Error(`not within ${DEADLINE} ms: ${what}`);
    await sleep(10);
  }
}

/** The next line that it writes. */
export async function nextLine(child: ChildProcess): Promise<string> {
  let text = '';
  child.stdout?.on('data', (bytes) => {
    text += bytes;
  });
  return until('a line of output', () => text.includes('\n') && text.slice(0, text.indexOf('\n')));
}

export const exitOf = (child: ChildProcess): Promise<unknown> =>
  until('its end', () => child.exitCode !== null || child.signalCode !== null);

process.on('exit', () => {
  for (const child of processes)
    if (child.exitCode === null && child.signalCode === null) child.kill('SIGKILL');
  for (const id of mortals) signalGroup(id, 'SIGKILL');
  for (const folder of folders) rmSync(folder, { recursive: true, force: true });
});
