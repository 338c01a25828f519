import type { Names } from '../control/protocol.js';
import { SupError } from '../errors/sup-error.js';
import type { App } from './app.js';
import { startAndKeep } from './verbs/start.js';
import { stop } from './verbs/stop.js';

/** Start, and stay until told to stop, or until every worker came to its end: 1 if one of them gave up. */
export async function foreground(app: App, names: Names): Promise<number> {
  try {
    await Promise.race([app.ended, startAndKeep(app, names).catch(unlessSuperseded)]);
  } catch (error) {
    await stop(app, EVERYTHING);
    throw error;
  }
  let status = 0;
  const look = () => {
    if (app.ending || !isOver(app)) return;
    status = phases(app).includes('failed') ? 1 : 0;
    void stop(app, EVERYTHING);
  };
  const leave = app.parts.journal.subscribe(look);
  look();
  await app.ended;
  leave();
  return status;
}

const EVERYTHING = { names: [], graceful: false, now: false } as const;

function unlessSuperseded(error: unknown): void {
  if (!(error instanceof SupError) || error.code !== 'E_SUPERSEDED') throw error;
}

const phases = (app: App) =>
  [...app.groups.values()].flatMap((g) => g.members.map(({ worker }) => worker.phase));

/** Nothing runs, nothing is to be tried again, and no command is under way. */
function isOver(app: App): boolean {
  const quiet = [...app.groups.values()].every(({ job, queue }) => job === null && queue.length === 0);
  return (
    quiet && phases(app).length > 0 && phases(app).every((phase) => phase === 'ended' || phase === 'failed')
  );
}
