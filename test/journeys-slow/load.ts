import * as assert from 'uvu/assert';
import { missing } from '../runner/needs.js';
import { FewestReady } from '../support/fewest-ready.js';
import { type LoadResult, startLoad } from '../support/load-client.js';
import type { SandboxApp } from '../support/sandbox-app.js';
import { startWrk, type WrkResult } from '../support/wrk.js';

export const wrkLacks = missing('wrk');

/** Clients that speak all the time, that pause, and that come anew for each request; each answer is checked. */
const CLIENTS = [
  { keepAlive: true, connections: 2, think: 1 },
  { keepAlive: true, connections: 12, think: [5, 30, 150, 300] },
  { connections: 4, think: 4 },
] as const;

/** Acts while the service is under load; no request may fail, and never may fewer than `count` be ready. */
export async function losesNothing(
  app: SandboxApp,
  { port, path, count }: { readonly port: number; readonly path: string; readonly count: number },
  act: () => Promise<void>,
): Promise<void> {
  const watch = await watchReady(app, count);
  const loads = CLIENTS.map((client) => startLoad({ ...client, port, path }));
  const url = `http://127.0.0.1:${port}${path}`;
  const wrks = wrkLacks ? [] : [startWrk(url, 4), startWrk(url, 2, 'Connection: close')];
  let acted = false;
  try {
    await act();
    acted = true;
  } finally {
    const results = await Promise.all(loads.map((load) => load.stop()));
    const wrkResults = await Promise.all(wrks.map((wrk) => wrk.stop()));
    watch.leave();
    if (acted) judge(results, wrkResults);
  }
  assert.is(watch.ready.fewest, count, 'were ready at the least');
}

async function watchReady(app: SandboxApp, count: number) {
  const ready = new FewestReady('web', count);
  const leaving = new AbortController();
  const control = await app.control();
  control.events({ follow: true }, (fact) => ready.hear(fact), leaving.signal).catch(() => {});
  return { ready, leave: () => leaving.abort() };
}

function judge(results: readonly LoadResult[], wrks: readonly WrkResult[]): void {
  const sent = results.reduce((sum, result) => sum + result.sent, 0);
  const failed = results.flatMap((result) => result.failed);
  assert.equal(failed.slice(0, 20), [], `${failed.length} of ${sent} requests failed`);
  for (const { requests, errors, output } of wrks) {
    assert.equal(errors, [], `of ${requests} requests of wrk`);
    assert.ok(requests > 0, output);
  }
  console.log(
    `${sent} checked requests, ${wrks.map(({ requests }) => requests).join(' + ')} of wrk: 0 failed`,
  );
}
