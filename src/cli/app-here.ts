import { resolve } from 'node:path';
import { appName } from '../config/app-name.js';
import { findConfig } from '../config/find.js';

/** The sup.yaml that is named, or the one here or in a folder above, and the name of its app. */
export function appHere(config: string | undefined): { readonly app: string; readonly file: string } {
  const file = findConfig(resolve(), config);
  return { app: appName(file), file };
}
