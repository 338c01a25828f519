import { join } from 'node:path';
import type { AppConfig } from '../config/app.js';
import type { Control, Fact, Names } from '../control/protocol.js';
import { SupError } from '../errors/sup-error.js';
import { ensurePrivateFolder, makeFolder } from '../system/files.js';
import { type Lock, lockHolder, takeLock } from '../system/lock.js';
import { environment } from '../system/machine.js';
import { packageDir } from '../system/package.js';
import { App } from './app.js';
import { foreground } from './foreground.js';
import { HeldSockets } from './held-sockets.js';
import { Journal } from './journal.js';
import { type Heard, openCapture } from './output/capture.js';
import { openJournal } from './output/journal.js';
import { stopOnSignals } from './stop-on-signals.js';
import { controlOf } from './verbs/control.js';

export type MasterPlace = {
  readonly stateDir: string;
  readonly logDir: string;
  readonly lock: string;
};

export type MasterOptions = {
  readonly config: AppConfig;
  readonly place: MasterPlace;
  /** Starts `names` itself, and ends when nothing is left to keep up; else it waits to be asked. */
  readonly foreground: boolean;
  readonly names: Names;
  /** Makes the verbs reachable. */
  serve(control: Control): Promise<{ close(): Promise<void> }>;
  onListening?(): void;
  onOutput?(heard: Heard): void;
  onFact?(fact: Fact): void;
};

/** The master of one app, from its lock to its end; resolves with its exit status. */
export async function runMaster(options: MasterOptions): Promise<number> {
  const { place, config } = options;
  ensurePrivateFolder(place.stateDir);
  const lock = lockOrRefuse(config.name, place.lock);
  try {
    return await rule(options);
  } finally {
    lock.release();
  }
}

function lockOrRefuse(app: string, path: string): Lock {
  const lock = takeLock(path);
  if (lock) return lock;
  const message = `${app} runs already, with master ${lockHolder(path) ?? 'of unknown pid'}`;
  throw new SupError('E_ALREADY_RUNS', message, 'see `sup status`, or end it with `sup stop`');
}

async function rule(options: MasterOptions): Promise<number> {
  const { place, onOutput, onFact } = options;
  makeFolder(place.logDir, 0o750);
  const app = build(options);
  const { capture, journal } = app.parts;
  if (onOutput) capture.subscribe(onOutput);
  if (onFact) journal.subscribe(onFact);
  const control = controlOf(app);
  const server = await options.serve(control);
  const signals = stopOnSignals(app, options.foreground);
  journal.publish({ kind: 'app', state: 'started', detail: app.file });
  options.onListening?.();
  try {
    const status = options.foreground ? await foreground(app, options.names) : await app.ended.then(() => 0);
    journal.publish({ kind: 'app', state: 'stopped', detail: app.name });
    return status;
  } finally {
    signals.close();
    app.parts.sockets.keepOnly([]);
    capture.close();
    await server.close();
  }
}

const MASTER_LOG_SIZE = 10 * 1024 * 1024;

function build({ config, place }: MasterOptions): App {
  const { stateDir, logDir } = place;
  const journal = new Journal(openJournal(join(logDir, 'master.log'), { rotate: MASTER_LOG_SIZE }));
  const sockets = new HeldSockets();
  const inherited = environment();
  const app: App = new App({
    config,
    logDir,
    inherited,
    dice: Math.random,
    journal,
    sockets,
    capture: openCapture({ stateDir, logDir, onLoss: (loss) => app.lost(loss) }),
    surroundings: (self) => ({
      app: config.name,
      stateDir,
      preload: join(packageDir(), 'dist', 'src', 'preload', 'preload.cjs'),
      inherited,
      sockets,
      capture: self.parts.capture,
      tell: (group, event) => self.supervisor.tell(group, event),
      says: (worker, _group, text) => journal.publish({ kind: 'says', worker, text }),
    }),
  });
  return app;
}
