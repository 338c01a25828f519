import type { ChangeReport, Protocol } from '../../control/protocol.js';
import type { GroupChange } from '../../group/changes.js';
import { slotsOf } from '../../group/members.js';
import { now } from '../../system/clock.js';
import type { App } from '../app.js';
import { failure } from '../failure.js';
import { choose } from '../names.js';
import { ordered } from './start.js';

/** Stop, then start, one group after the other, with the config that runs. */
export function restart(app: App, { names, graceful }: Protocol['restart']['ask']): Promise<ChangeReport> {
  const began = now();
  const chosen = choose(names, app.counts);
  const groups = [...chosen.keys()];
  return app.turns.take(groups, async (check) => {
    app.parts.sockets.ensure(app.configs.filter(({ name }) => groups.includes(name)));
    const changes: GroupChange[] = [];
    for (const group of ordered(app, groups).flat()) {
      check();
      changes.push(await restartGroup(app, group, chosen.get(group) ?? null, graceful));
    }
    return { plan: false, changes, took: Math.round(now() - began) };
  });
}

async function restartGroup(
  app: App,
  group: string,
  slots: readonly number[] | null,
  graceful: boolean,
): Promise<GroupChange> {
  const patience = graceful ? 'forever' : 'timeout';
  const outcome = await app.run(group, { do: 'restart', slots, patience });
  const words = { code: 'E_START_FAILED', what: 'restart failed', hint: HINT } as const;
  if (!outcome.ok) throw failure(group, outcome, words, app.knowledge.tail);
  const count = app.counts.get(group) ?? 0;
  const workers = slotsOf(slots, count).map((slot) => `${group}.${slot}`);
  return { group, does: 'restart', workers, keys: [], count: { from: count, to: count } };
}

const HINT = 'it goes on trying; see `sup status`, and `sup stop` to end it';
