import { loadConfig } from '../config/load.js';
import type { StartReport } from '../control/protocol.js';
import { environment } from '../system/machine.js';
import { reach } from './connect.js';
import { type FoundApp, fileOf } from './find-app.js';
import { runForeground } from './foreground.js';
import { askToStart, launch } from './launch.js';
import { placeOf } from './place.js';

export type StartRequest = {
  readonly names: readonly string[];
  readonly detach: boolean;
  readonly json: boolean;
};

/** What was started in the background, or the exit status of what ran in the foreground. */
export type Started =
  | { readonly report: StartReport; readonly already: boolean }
  | { readonly status: number };

/** Asks the master that runs; where none does, becomes one or makes one. */
export async function start(found: FoundApp, { names, detach, json }: StartRequest): Promise<Started> {
  const running = await reach(found.place);
  const wanted = { place: found.place, file: found.file ?? '', names, quiet: json };
  if (running) return { report: await askToStart(running, wanted), already: true };
  const config = loadConfig(fileOf(found), environment());
  const place = placeOf(config.name);
  if (!detach) return { status: await runForeground(config, { place, names, json }) };
  return { report: await launch({ ...wanted, place, file: config.file }), already: false };
}
