import type { Names, StopReport } from '../control/protocol.js';
import { SupError } from '../errors/sup-error.js';
import { lockHolder } from '../system/lock.js';
import { reach } from './connect.js';
import { poll } from './pause.js';
import type { Place } from './place.js';

/** A stop of the whole app that was overtaken by another one has what it wanted. */
export async function orOvertaken(
  place: Place,
  names: Names,
  stop: Promise<StopReport>,
): Promise<StopReport> {
  try {
    return await stop;
  } catch (error) {
    const isOvertaken = names.length === 0 && error instanceof SupError && error.code === 'E_FAILED';
    if (!isOvertaken || !(await hasEnded(place))) throw error;
    return { stopped: [], masterEnds: true };
  }
}

/** Comes back when the master is really gone, so that a `start` right after finds a free place. */
export async function awaitEnd(place: Place, report: StopReport): Promise<void> {
  if (!report.masterEnds) return;
  await hasEnded(place);
}

const hasEnded = (place: Place): Promise<true | null> =>
  poll(10_000, async () => ((await reach(place)) || lockHolder(place.lock) !== null ? null : true));
