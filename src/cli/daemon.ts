import { loadConfig } from '../config/load.js';
import { toWire } from '../control/errors.js';
import { serveControl } from '../control/server.js';
import { environment } from '../system/machine.js';
import { sayFailed, sayReady } from '../system/spawn.js';
import { placeOf } from './place.js';

/** Nothing is started yet when it says that it is ready: its socket listens, and takes `start`. */
export async function runDaemon(file: string): Promise<number> {
  try {
    const config = loadConfig(file, environment());
    const place = placeOf(config.name);
    const { runMaster } = await import('../master/main.js');
    return await runMaster({
      config,
      place,
      foreground: false,
      names: [],
      serve: (control) => serveControl(place.socket, control),
      onListening: () => sayReady('listening'),
    });
  } catch (error) {
    sayFailed(JSON.stringify(toWire(error)));
    throw error;
  }
}
