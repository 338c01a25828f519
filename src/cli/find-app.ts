import { SupError } from '../errors/sup-error.js';
import { type Place, placeOf } from './place.js';

/** The flags by which every verb finds its app. */
export type AppFlags = { readonly app?: string | undefined; readonly config?: string | undefined };

export type FoundApp = {
  readonly place: Place;
  /** Null when only the name was given. */
  readonly file: string | null;
  /** How a suggested command names the same app: ` -a shop`, or nothing. */
  readonly at: string;
};

/** By name, which needs no config; else by the config that is named, or is here. */
export async function findApp({ app, config }: AppFlags): Promise<FoundApp> {
  if (app !== undefined) return { place: placeOf(checkedName(app)), file: null, at: ` -a ${app}` };
  const here = (await import('./app-here.js')).appHere(config);
  return { place: placeOf(here.app), file: here.file, at: config === undefined ? '' : ` -c ${config}` };
}

/** For what cannot be done without a sup.yaml. */
export function fileOf({ file, place }: FoundApp): string {
  if (file !== null) return file;
  const hint = 'start it from its folder, or name its sup.yaml: `sup start -c FILE`';
  throw new SupError('E_NO_MASTER', `no master runs for ${place.app}`, hint);
}

/** It becomes part of a path. */
function checkedName(app: string): string {
  if (/^[A-Za-z0-9][\w-]*$/.test(app)) return app;
  throw new SupError(
    'E_USAGE',
    `${JSON.stringify(app)} is not the name of an app`,
    '`sup ls` lists those that run',
  );
}
