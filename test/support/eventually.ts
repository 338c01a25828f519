import { setTimeout as sleep } from 'node:timers/promises';

/** Looks every 10 ms until `seen` is true; rejects after `within` ms. */
export async function eventually(
  what: string | (() => string),
  seen: () => boolean | Promise<boolean>,
  within = 20_000,
) {
  const end = performance.now() + within;
  while (!(await seen())) {
    if (performance.now() > end)
      throw new Error(`not within ${within} ms: ${typeof what === 'string' ? what : what()}`);
    await sleep(10);
  }
}
