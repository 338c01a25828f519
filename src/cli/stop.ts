import type { StopReport } from '../control/protocol.js';
import { lockHolder } from '../system/lock.js';
import { reach } from './connect.js';
import { poll } from './pause.js';
import type { Place } from './place.js';

/** Comes back when the master is really gone, so that a `start` right after finds a free place. */
export async function awaitEnd(place: Place, report: StopReport): Promise<void> {
  if (!report.masterEnds) return;
  await poll(10_000, async () => ((await reach(place)) || lockHolder(place.lock) !== null ? null : true));
}
