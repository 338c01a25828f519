import type { Protocol, StartReport } from '../../control/protocol.js';
import type { Command, Group, Outcome } from '../../group/group.js';
import { isDown, isWanted } from '../../group/members.js';
import { startOrder, withNeeds } from '../../group/start-order.js';
import { isAlive } from '../../worker/worker.js';
import type { App } from '../app.js';
import { type Failed, failure } from '../failure.js';
import { type Chosen, choose } from '../names.js';
import { statusOf } from '../status.js';

/** Start what is missing of the named groups and of what they need; when one fails, all that was begun goes again. */
export function start(app: App, { names }: Protocol['start']['ask']): Promise<StartReport> {
  const chosen = choose(names, app.counts);
  const groups = withNeeds([...chosen.keys()], app.configs);
  return app.turns.take(groups, async (check) => {
    app.parts.sockets.ensure(app.configs.filter(({ name }) => groups.includes(name)));
    const already = groups.flatMap((group) => upWorkers(app, group, chosen));
    const before = groups.flatMap((group) => keptUp(app, group));
    for (const batch of ordered(app, groups)) {
      check();
      const failed = await firstFailure(batch.map((group) => raise(app, group, chosen)));
      if (failed) throw await takeBack(app, groups, before, failed);
    }
    const started = groups
      .flatMap((group) => upWorkers(app, group, chosen))
      .filter((name) => !already.includes(name));
    return { started, already, status: statusOf(app, names) };
  });
}

/** The same for a master in the foreground: who fails goes on trying, and what needs it waits; for ever if it gives up. */
export async function startAndKeep(app: App, names: readonly string[]): Promise<void> {
  const chosen = choose(names, app.counts);
  const groups = withNeeds([...chosen.keys()], app.configs);
  app.parts.sockets.ensure(app.configs.filter(({ name }) => groups.includes(name)));
  const check = app.turns.watch(groups);
  for (const batch of ordered(app, groups)) {
    const up = await Promise.all(batch.map((group) => keepUp(app, group, command(group, chosen, true))));
    check();
    if (!up.every(Boolean)) return;
  }
}

/** It lets in every other verb (a reload that mends it), and then waits again; false when there is no next try. */
async function keepUp(app: App, group: string, start: Command): Promise<boolean> {
  while (app.groups.has(group)) {
    const outcome = await app.run(group, start);
    if (outcome.ok) return true;
    if (outcome.why !== 'failed' || hasGivenUp(app, group, outcome.slot)) return false;
  }
  return true;
}

const hasGivenUp = (app: App, name: string, slot: number): boolean =>
  app.groups.get(name)?.members.some((m) => m.slot === slot && m.worker.phase === 'failed') ?? false;

export const ordered = (app: App, groups: readonly string[]): readonly (readonly string[])[] =>
  startOrder(app.configs.filter(({ name }) => groups.includes(name)));

type Result = { readonly group: string; readonly outcome: Outcome };
type Failure = { readonly group: string; readonly outcome: Failed };

const raise = async (app: App, group: string, chosen: Chosen): Promise<Result> => ({
  group,
  outcome: await app.run(group, command(group, chosen, false)),
});

const command = (group: string, chosen: Chosen, keep: boolean): Command => ({
  do: 'start',
  slots: chosen.get(group) ?? null,
  keep,
});

/** As soon as one failed; null when all have come up. */
async function firstFailure(results: readonly Promise<Result>[]): Promise<Failure | null> {
  return new Promise((resolve, reject) => {
    for (const result of results)
      result.then(({ group, outcome }) => {
        if (!outcome.ok) resolve({ group, outcome });
      }, reject);
    void Promise.all(results).then(() => resolve(null), reject);
  });
}

/** Stop what this start began, and say why; a stop that came in between does the stopping itself. */
async function takeBack(
  app: App,
  groups: readonly string[],
  before: readonly string[],
  { group, outcome }: Failure,
) {
  if (outcome.why !== 'superseded') {
    await Promise.all(groups.map((name) => stopAllBut(app, name, before)));
    if (!app.ending) app.releaseSockets();
  }
  const words = { code: 'E_START_FAILED', what: 'start failed', hint: HINT } as const;
  return failure(group, outcome, words, app.knowledge.tail);
}

const HINT = 'what this start began has been stopped again; mend it and type `sup start` once more';

/** All that is kept up in the group, named or not, also what is between two tries. */
const keptUp = (app: App, name: string): readonly string[] =>
  (app.groups.get(name)?.members ?? [])
    .filter((m) => isWanted(m) && !isDown(m))
    .map(({ slot }) => `${name}.${slot}`);

async function stopAllBut(app: App, name: string, before: readonly string[]): Promise<void> {
  const members = app.groups.get(name)?.members ?? [];
  const slots = members.filter(({ slot }) => !before.includes(`${name}.${slot}`)).map(({ slot }) => slot);
  if (slots.length > 0) await app.run(name, { do: 'stop', slots, patience: 'timeout' });
}

function upWorkers(app: App, name: string, chosen: Chosen): readonly string[] {
  const slots = chosen.get(name) ?? null;
  const up = ({ slot, worker, part }: Group['members'][number]) =>
    part === 'holder' &&
    worker.wanted === 'up' &&
    isAlive(worker) &&
    (slots === null || slots.includes(slot));
  return (app.groups.get(name)?.members ?? []).filter(up).map(({ slot }) => `${name}.${slot}`);
}
