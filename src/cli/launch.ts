import { join } from 'node:path';
import { fromWire } from '../control/errors.js';
import type { Control, GroupStatus, StartReport, WireError } from '../control/protocol.js';
import { EXIT_STATUS, SupError } from '../errors/sup-error.js';
import { makeFolder, readText } from '../system/files.js';
import { environment } from '../system/machine.js';
import { ownCommand } from '../system/program.js';
import { spawnDaemon } from '../system/spawn.js';
import { reach, unheard } from './connect.js';
import { DAEMON_VERB } from './daemon-verb.js';
import { job } from './job.js';
import { poll } from './pause.js';
import type { Place } from './place.js';
import { awaitEnd } from './stop.js';

export type Launch = {
  readonly place: Place;
  readonly file: string;
  readonly names: readonly string[];
  readonly quiet: boolean;
};

/** `start -d`: a fresh master, which is ended again when what is named does not come up. */
export async function launch(wanted: Launch): Promise<StartReport> {
  const control = await spawnMaster(wanted);
  if (!control) return askToStart(await winner(wanted.place), wanted);
  try {
    return await askToStart(control, wanted);
  } catch (error) {
    await takeAway(control, wanted.place);
    throw error;
  }
}

/** Unless others use it by now, or have ended it. */
async function takeAway(control: Control, place: Place): Promise<void> {
  const status = await control.status({ names: [] }, unheard).catch(unheard);
  if (!status || status.groups.some(isInUse)) return;
  const report = await control.stop({ names: [], graceful: false, now: false }, unheard).catch(unheard);
  if (report) await awaitEnd(place, report);
}

function isInUse({ job, workers }: GroupStatus): boolean {
  return job !== null || workers.some(({ phase }) => phase !== 'idle');
}

/** A master that runs says what it had running already, and starts what is missing. */
export function askToStart(control: Control, { place, names, quiet }: Launch): Promise<StartReport> {
  const view = { job: 'start', names, app: place.app, quiet } as const;
  return job(control, view, (news) => control.start({ names }, news));
}

/** A young generation of 1 MiB instead of 16: with 1,000 workers a master of 28 MiB instead of 64. */
const SMALL = '--max-semi-space-size=1';

/** Null when another `start` was first. */
async function spawnMaster({ place, file }: Launch): Promise<Control | null> {
  const logFile = join(place.logDir, 'master.err.log');
  makeFolder(place.logDir, 0o750);
  const [node = '', ...program] = ownCommand();
  const daemon = await spawnDaemon([node, SMALL, ...program, DAEMON_VERB, file], environment(), logFile);
  if (daemon.ready) return reach(place);
  const error = failureOf(daemon.message, logFile);
  if (error.code !== 'E_ALREADY_RUNS') throw error;
  return null;
}

/** The socket of the one that holds the lock may take a moment. */
async function winner(place: Place): Promise<Control> {
  const control = await poll(10_000, () => reach(place));
  if (control) return control;
  const hint = `see who holds ${place.lock} with \`fuser ${place.lock}\``;
  throw new SupError('E_ALREADY_RUNS', `a master of ${place.app} runs, but does not answer`, hint);
}

/** What the daemon says before it ends is a WireError; a crash leaves its last words in the log. */
function failureOf(message: string, logFile: string): SupError {
  const wire = parsed(message);
  if (wire) return fromWire(wire);
  const words = (readText(logFile) ?? '').trimEnd().split('\n').slice(-5).join('\n');
  return new SupError(
    'E_START_FAILED',
    `the master did not come up: ${message}\n${words}`.trimEnd(),
    `all of it is in ${logFile}`,
  );
}

function parsed(message: string): WireError | null {
  try {
    const value: unknown = JSON.parse(message);
    const known =
      typeof value === 'object' && value !== null && 'code' in value && String(value.code) in EXIT_STATUS;
    return known ? (value as WireError) : null;
  } catch {
    return null;
  }
}
