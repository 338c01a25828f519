import type { AppConfig, GroupConfig } from '../../config/app.js';
import type { ChangeReport, Protocol } from '../../control/protocol.js';
import { applyChanges, type GroupChange } from '../../group/changes.js';
import { startOrder } from '../../group/start-order.js';
import { now } from '../../system/clock.js';
import type { App } from '../app.js';
import { failure } from '../failure.js';
import { adjust, bind, replace } from './replace.js';

/** Read sup.yaml again and touch only what differs: what is gone first, then the rest in the order of needs. */
export async function apply(app: App, { plan }: Protocol['apply']['ask']): Promise<ChangeReport> {
  const began = now();
  const next = app.reread();
  if (plan) return { plan, changes: changesOf(app, next), took: 0 };
  const groups = [...new Set([...app.groups.keys(), ...next.groups.map(({ name }) => name)])];
  return app.turns.take(groups, async (check) => {
    const changes = changesOf(app, next);
    for (const { group, does } of changes.toReversed()) {
      check();
      if (does === 'remove') await remove(app, group);
    }
    for (const config of inOrder(next)) {
      check();
      const change = changes.find(({ group }) => group === config.name);
      if (change) await carryOut(app, config, change);
    }
    app.tookFile();
    return { plan, changes, took: Math.round(now() - began) };
  });
}

const changesOf = (app: App, next: AppConfig): readonly GroupChange[] =>
  applyChanges(app.supervisor.running(), next.groups);

const inOrder = ({ groups }: AppConfig): readonly GroupConfig[] =>
  startOrder(groups).flatMap((batch) => groups.filter(({ name }) => batch.includes(name)));

async function carryOut(app: App, config: GroupConfig, change: GroupChange): Promise<void> {
  switch (change.does) {
    case 'add':
      return add(app, config);
    case 'replace':
      return replace(app, config, change, { slots: null, graceful: false });
    case 'scale':
    case 'adjust':
      return adjust(app, config, change.count.to, false);
    default:
      return;
  }
}

async function remove(app: App, name: string): Promise<void> {
  await app.run(name, { do: 'stop', slots: null, patience: 'timeout' });
  app.forget(name);
}

async function add(app: App, config: GroupConfig): Promise<void> {
  bind(app, config);
  app.supervisor.add(config);
  const outcome = await app.run(config.name, { do: 'start', slots: null, keep: false });
  if (outcome.ok) return;
  app.forget(config.name);
  const words = { code: 'E_RELOAD_REFUSED', what: 'apply refused', hint: HINT } as const;
  throw failure(config.name, outcome, words, app.knowledge.tail);
}

const HINT = 'see what runs with `sup status`; mend it and type `sup apply` once more';
