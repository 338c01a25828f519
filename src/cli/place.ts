import { join } from 'node:path';
import { logBase, runtimeBase } from '../system/machine.js';

/** Where a running app lives: found by its name alone, whatever folder its sup.yaml is in. */
export type Place = {
  readonly app: string;
  readonly stateDir: string;
  readonly socket: string;
  readonly lock: string;
  readonly logDir: string;
};

export function placeOf(app: string): Place {
  const stateDir = join(runtimeBase(), app);
  return {
    app,
    stateDir,
    socket: join(stateDir, 'control.sock'),
    lock: join(stateDir, 'lock'),
    logDir: join(logBase(), app),
  };
}
