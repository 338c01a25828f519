import type { ChildProcess } from 'node:child_process';
import { setTimeout as sleep } from 'node:timers/promises';
import { pause } from './pause.js';

/** Resolves when it exits with 0; killed when it takes too long. */
export function ended(child: ChildProcess, within: number): Promise<void> {
  return new Promise((resolve, reject) => {
    const late = setTimeout(() => {
      child.kill('SIGKILL');
      reject(new Error(`not within ${within} ms`));
    }, within);
    late.unref();
    child.once('error', reject);
    child.once('close', (code, signal) => {
      clearTimeout(late);
      if (code === 0) resolve();
      else reject(new Error(signal ? `ended by ${signal}` : `exit ${code}`));
    });
  });
}

/** Milliseconds from `since` until `seen`, looked at every `every` ms. */
export async function timeUntil(
  what: string,
  seen: () => boolean,
  { since, every, within }: { readonly since: number; readonly every: number; readonly within: number },
): Promise<number> {
  for (;;) {
    const yes = seen();
    const taken = performance.now() - since;
    if (yes) return taken;
    if (taken > within) throw new Error(`${what}: not within ${within} ms`);
    await (every < 1 ? briefly(every) : sleep(every));
  }
}

/** setTimeout knows no less than a millisecond. */
async function briefly(ms: number): Promise<void> {
  pause(ms);
  await new Promise(setImmediate);
}
