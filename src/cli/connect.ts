import { connectControl } from '../control/client.js';
import type { Control } from '../control/protocol.js';
import { SupError } from '../errors/sup-error.js';
import type { FoundApp } from './find-app.js';
import type { Place } from './place.js';

/** The master of the app; E_NO_MASTER, in the words of who typed the command, where none runs. */
export async function connect({ place, file, at }: FoundApp): Promise<Control> {
  const control = await reach(place);
  if (control) return control;
  const hint =
    file === null
      ? 'see what runs with `sup ls`; start it from its folder with `sup start -d`'
      : `start it with \`sup start${at} -d\``;
  throw new SupError('E_NO_MASTER', `no master runs for ${place.app}`, hint);
}

/** Null where none runs. */
export async function reach(place: Place): Promise<Control | null> {
  try {
    return await connectControl(place.socket);
  } catch (error) {
    if (error instanceof SupError && error.code === 'E_NO_MASTER') return null;
    throw error;
  }
}

/** For what is asked without interest in what happens meanwhile. */
export const unheard = (): void => {};
