import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import * as assert from 'uvu/assert';
import { isRunning } from '../support/proc.js';
import type { SandboxApp } from '../support/sandbox-app.js';
import { losesNothing } from './load.js';
import { type Kind, PATHS, startTemplate } from './templates.js';

/** No request is lost, and never are fewer than four ready. */
export async function twentyReloads(kind: Kind): Promise<void> {
  const { app, port } = await startTemplate(kind);
  try {
    const begun = openFiles(app);
    await losesNothing(app, { port, path: PATHS[kind], count: 4 }, async () => {
      for (let round = 0; round < 20; round++) await reload(app);
    });
    leavesNoTraces(app, begun);
    await app.done('stop');
    await app.isGone();
  } finally {
    await app.end();
  }
}

async function reload(app: SandboxApp): Promise<void> {
  const before = await app.pids();
  await app.done('reload');
  const after = await app.pids();
  assert.equal([before.length, after.length, app.lives().length], [4, 4, 4]);
  assert.not.ok(
    before.some((pid) => after.includes(pid) || isRunning(pid)),
    `${before} → ${after}`,
  );
}

const openFiles = (app: SandboxApp): number => readdirSync(`/proc/${app.masterPid()}/fd`).length;

/** What eighty dead lives had: descriptors of the master, FIFOs. A connection of the load may still be there. */
function leavesNoTraces(app: SandboxApp, before: number): void {
  const now = openFiles(app);
  assert.ok(now <= before + 2, `the master has ${now} open files; it had ${before}`);
  assert.is(readdirSync(join(app.place.stateDir, 'fifo')).length, 8);
}
