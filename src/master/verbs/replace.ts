import type { GroupConfig } from '../../config/app.js';
import { SupError } from '../../errors/sup-error.js';
import type { GroupChange } from '../../group/changes.js';
import type { Outcome, Slots } from '../../group/group.js';
import type { App } from '../app.js';
import { failure } from '../failure.js';

type How = { readonly slots: Slots; readonly graceful: boolean };

/** Replace the lives of a group by such of `config`; E_RELOAD_REFUSED when the new ones do not come up. */
export async function replace(
  app: App,
  config: GroupConfig,
  change: GroupChange,
  { slots, graceful }: How,
): Promise<void> {
  bind(app, config);
  const patience = graceful ? 'forever' : 'timeout';
  const by = change.does === 'signal' ? 'signal' : 'replace';
  const outcome = await app.run(config.name, {
    do: 'reload',
    slots,
    config,
    count: change.count.to,
    patience,
    by,
  });
  finish(app, config, outcome);
}

/** Take up what needs no new life, and another count. */
export async function adjust(app: App, config: GroupConfig, count: number, graceful: boolean): Promise<void> {
  bind(app, config);
  const patience = graceful ? 'forever' : 'timeout';
  const outcome = await app.run(config.name, { do: 'adjust', config, count, patience });
  finish(app, config, outcome);
}

/** A socket that cannot be had refuses the whole change, before anything is touched. */
export function bind(app: App, config: GroupConfig): void {
  try {
    app.parts.sockets.ensure([config]);
  } catch (error) {
    throw error instanceof SupError ? new SupError('E_RELOAD_REFUSED', error.message, error.hint) : error;
  }
}

function finish(app: App, config: GroupConfig, outcome: Outcome): void {
  app.releaseSockets();
  const words = { code: 'E_RELOAD_REFUSED', what: 'reload refused', hint: HINT } as const;
  if (!outcome.ok) throw failure(config.name, outcome, words, app.knowledge.tail);
  const group = app.groups.get(config.name);
  for (const { slot } of group?.members ?? []) app.parts.capture.slot(`${config.name}.${slot}`, config.logs);
}

const HINT = 'the old workers go on serving; mend it and type `sup reload` once more';
