import type { Load, Peer, Running } from './peers/peer.js';
import { Place } from './place.js';
import { Sleepers } from './sleepers.js';
import { timeUntil } from './wait.js';

export type Started = {
  readonly peer: Peer;
  readonly load: Load;
  readonly place: Place;
  readonly running: Running;
  readonly sleepers: Sleepers;
};

/** Runs a peer for the time of `action`; nothing is left of it. Its start command may still be running. */
export async function whileRuns<T>(
  peer: Peer,
  load: Load,
  action: (started: Started) => Promise<T>,
): Promise<T> {
  const place = new Place();
  try {
    const sleepers = new Sleepers(place.nap);
    return await action({ peer, load, place, running: peer.start(load, place), sleepers });
  } finally {
    place.end();
  }
}

/** Peers that run side by side; one that cannot start is told and left out. */
export async function besideEachOther(
  peers: readonly Peer[],
  load: () => Load | Promise<Load>,
  failed: (peer: Peer, error: Error) => void,
  action: (all: readonly Started[]) => Promise<void>,
): Promise<void> {
  const [first, ...rest] = peers;
  if (!first) return action([]);
  const others = (more: readonly Started[]) =>
    besideEachOther(rest, load, failed, (all) => action([...more, ...all]));
  await whileRuns(first, await load(), async (started) => {
    const error = await allUp(started).catch((reason: Error) => reason);
    if (error) failed(first, error);
    await others(error ? [] : [started]);
  });
}

/** Its start command has returned, and all sleepers are there. */
export async function allUp({ load, running, sleepers }: Started): Promise<void> {
  await running.started;
  const wait = { since: performance.now(), every: 50, within: 60_000 };
  const seen = () => load.port !== null || sleepers.seen().size >= load.count;
  await timeUntil(`${load.count} sleepers`, seen, wait);
}
