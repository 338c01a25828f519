import type { Protocol, StopReport } from '../../control/protocol.js';
import { after } from '../../system/clock.js';
import { isAlive, type Patience } from '../../worker/worker.js';
import type { App } from '../app.js';
import { choose } from '../names.js';
import { ordered } from './start.js';

/** Stop at once what is named, in the reverse of the start order; without names the master ends, too. */
export async function stop(app: App, { names, graceful, now }: Protocol['stop']['ask']): Promise<StopReport> {
  const chosen = choose(names, app.counts);
  const groups = [...chosen.keys()];
  const masterEnds = names.length === 0;
  if (masterEnds && !app.ending) announce(app);
  app.turns.supersede(groups.filter((group) => chosen.get(group) === null));
  const stopped = groups.flatMap((group) => living(app, group, chosen.get(group) ?? null));
  const patience: Patience = now ? 'none' : graceful ? 'forever' : 'timeout';
  const batches = now ? [groups] : ordered(app, groups).toReversed();
  for (const batch of batches)
    await Promise.all(
      batch.map((group) => app.run(group, { do: 'stop', slots: chosen.get(group) ?? null, patience })),
    );
  // A turn later, so that whoever asked has the answer before the sockets close.
  if (masterEnds) after(0, app.end);
  else app.releaseSockets();
  return { stopped, masterEnds };
}

function announce(app: App): void {
  app.ending = true;
  app.parts.journal.publish({ kind: 'app', state: 'stopping', detail: app.name });
}

function living(app: App, group: string, slots: readonly number[] | null): readonly string[] {
  const members = app.groups.get(group)?.members ?? [];
  const chosen = members.filter(
    ({ slot, worker }) => isAlive(worker) && (slots === null || slots.includes(slot)),
  );
  return [...new Set(chosen.map(({ slot }) => `${group}.${slot}`))];
}
