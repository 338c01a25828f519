import type { ChangeReport, Protocol } from '../../control/protocol.js';
import { SupError } from '../../errors/sup-error.js';
import type { GroupChange } from '../../group/changes.js';
import { now } from '../../system/clock.js';
import type { App } from '../app.js';
import { failure } from '../failure.js';
import { choose } from '../names.js';

/** More or fewer workers, until the next `sup apply` or until the file has another count. */
export function scale(app: App, { counts }: Protocol['scale']['ask']): Promise<ChangeReport> {
  const began = now();
  const groups = Object.keys(counts);
  choose(groups, app.counts);
  for (const name of groups) if (!app.counts.has(name)) throw notAGroup(name);
  return app.turns.take(groups, async (check) => {
    const changes: GroupChange[] = [];
    for (const [group, count] of Object.entries(counts)) {
      check();
      changes.push(await scaleGroup(app, group, count));
    }
    return { plan: false, changes, took: Math.round(now() - began) };
  });
}

function notAGroup(worker: string): SupError {
  const group = worker.replace(/\.\d+$/, '');
  return new SupError('E_USAGE', `${worker} is one worker, not a group`, `such as \`sup scale ${group}=3\``);
}

async function scaleGroup(app: App, name: string, to: number): Promise<GroupChange> {
  const group = app.groups.get(name);
  if (!group) throw new SupError('E_USAGE', `${name} does not run any more`, 'see `sup status`');
  const from = group.count;
  app.parts.sockets.ensure([group.config]);
  const outcome = await app.run(name, { do: 'adjust', config: group.config, count: to, patience: 'timeout' });
  const words = {
    code: 'E_START_FAILED',
    what: `scale failed, ${name} has ${from} again`,
    hint: HINT,
  } as const;
  if (!outcome.ok) throw failure(name, outcome, words, app.knowledge.tail);
  const low = Math.min(from, to);
  const workers = Array.from({ length: Math.abs(to - from) }, (_, i) => `${name}.${low + i}`);
  return {
    group: name,
    does: from === to ? 'nothing' : 'scale',
    workers,
    keys: ['count'],
    count: { from, to },
  };
}

const HINT = 'see `sup logs` for what the new workers wrote';
