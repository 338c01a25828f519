import type { AppConfig, GroupConfig } from '../../config/app.js';
import type { ChangeReport, Protocol } from '../../control/protocol.js';
import { SupError } from '../../errors/sup-error.js';
import { type GroupChange, reloadChange } from '../../group/changes.js';
import type { Slots } from '../../group/group.js';
import { now } from '../../system/clock.js';
import type { App } from '../app.js';
import { choose } from '../names.js';
import { replace } from './replace.js';
import { ordered } from './start.js';

type Ask = Protocol['reload']['ask'];

/** Read sup.yaml again (invalid: nothing is touched), then replace every named worker, group by group. */
export async function reload(app: App, { names, graceful, plan }: Ask): Promise<ChangeReport> {
  const began = now();
  const next = app.reread();
  const chosen = choose(names, app.counts);
  const groups = [...chosen.keys()].filter((group) => isInFile(group, next, names));
  const changeOf = (group: string) => change(app, next, group, chosen.get(group) ?? null);
  const order = ordered(app, groups).flat();
  if (plan) return { plan, changes: order.map(changeOf), took: 0 };
  return app.turns.take(groups, async (check) => {
    const changes: GroupChange[] = [];
    for (const group of order) {
      check();
      const planned = changeOf(group);
      await replace(app, configOf(app, next, group, planned), planned, {
        slots: chosen.get(group) ?? null,
        graceful,
      });
      changes.push(planned);
    }
    app.tookFile();
    return { plan, changes, took: Math.round(now() - began) };
  });
}

/** One that is gone from the file is left to `sup apply`. */
function isInFile(group: string, next: AppConfig, names: Ask['names']): boolean {
  if (next.groups.some(({ name }) => name === group)) return true;
  if (names.length === 0) return false;
  throw new SupError(
    'E_USAGE',
    `${group} is not in ${next.file} any more`,
    '`sup apply` stops what is not in the file',
  );
}

function change(app: App, next: AppConfig, group: string, slots: Slots): GroupChange {
  const running = app.groups.get(group);
  const config = next.groups.find(({ name }) => name === group);
  if (!running || !config)
    throw new SupError('E_USAGE', `${group} does not run any more`, 'see `sup status`');
  return reloadChange(running, config, slots);
}

/** The very config that runs where nothing differs, so that a failed reload has nothing to roll back. */
function configOf(app: App, next: AppConfig, group: string, { keys }: GroupChange): GroupConfig {
  const running = app.groups.get(group)?.config;
  const config = next.groups.find(({ name }) => name === group);
  const taken = keys.length === 0 && running?.count === config?.count ? running : config;
  if (!taken) throw new SupError('E_USAGE', `${group} does not run any more`, 'see `sup status`');
  return taken;
}
