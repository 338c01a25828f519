import { spawn } from 'node:child_process';
import { closeSync, openSync, writeSync } from 'node:fs';
import type { Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { sealDescriptors } from './libc.js';

export type DaemonStart = { readonly ready: boolean; readonly pid: number; readonly message: string };

/** Set for the daemon only: which descriptor its starter listens on. */
const READY_FD = 'SUP_READY_FD';
const FD = 3;

/** Starts a process that outlives this one, and waits until it says that it is ready, or ends without. */
export async function spawnDaemon(
  argv: readonly string[],
  env: Readonly<Record<string, string>>,
  logFile: string,
): Promise<DaemonStart> {
  sealDescriptors(3);
  const [file = '', ...args] = argv;
  const log = openSync(logFile, 'a', 0o640);
  const child = spawn(file, args, {
    cwd: '/',
    env: { ...env, [READY_FD]: String(FD) },
    detached: true,
    stdio: ['ignore', log, log, 'pipe'],
  });
  closeSync(log);
  const ending = new Promise<string>((done) => {
    child.once('error', (error) => done(error.message));
    child.once('exit', (code, signal) => done(signal ? `ended by ${signal}` : `exited with code ${code}`));
  });
  const pid = child.pid ?? 0;
  const said = pid && (await text(child.stdio[FD] as Readable));
  if (!said) return { pid, ready: false, message: await ending };
  child.unref();
  return { pid, ...JSON.parse(said) };
}

/** In the daemon: lets its starter go. Nothing happens without one. */
export const sayReady = (message: string): void => say({ ready: true, message });

/** In the daemon, before it exits: why it does. */
export const sayFailed = (message: string): void => say({ ready: false, message });

function say(line: Omit<DaemonStart, 'pid'>): void {
  const fd = Number(process.env[READY_FD]);
  if (!fd) return;
  delete process.env[READY_FD];
  try {
    writeSync(fd, `${JSON.stringify(line)}\n`);
  } catch {
    // The starter is gone.
  }
  closeSync(fd);
}
