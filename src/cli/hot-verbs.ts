import { writeOut } from '../system/machine.js';
import { packageVersion } from '../system/package.js';
import type { AppFlags } from './find-app.js';

export type HotArguments = AppFlags & { readonly names: readonly string[]; readonly json: boolean };

/** The verbs that must answer at once, where their flags are simple; null leaves it to oclif. */
export function hotVerb(argv: readonly string[]): (() => Promise<void>) | null {
  const [verb = '--help', ...rest] = argv;
  if (rest.length === 0 && VERSION.includes(verb)) return async () => writeOut(`${packageVersion()}\n`);
  if (rest.length === 0 && HELP.includes(verb))
    return async () => writeOut((await import('./overview.js')).overview(packageVersion()));
  if (verb !== 'status' && verb !== 'ls') return null;
  const given = simpleArguments(rest);
  if (!given) return null;
  if (verb === 'status') return async () => (await import('./status.js')).showStatus(given);
  return isBare(given) ? async () => (await import('./ls.js')).showMasters(given) : null;
}

const VERSION = ['--version', '-v', 'version'];
const HELP = ['--help', '-h', 'help'];

function simpleArguments(words: readonly string[]): HotArguments | null {
  const names: string[] = [];
  const flags: { app?: string; config?: string; json: boolean } = { json: false };
  for (let i = 0; i < words.length; i += 1) {
    const word = words[i] ?? '';
    const value = words[i + 1];
    if (word === '--json') flags.json = true;
    else if (!word.startsWith('-')) names.push(word);
    else if (value === undefined || value.startsWith('-')) return null;
    else if (word === '-a' || word === '--app') [flags.app, i] = [value, i + 1];
    else if (word === '-c' || word === '--config') [flags.config, i] = [value, i + 1];
    else return null;
  }
  return flags.app !== undefined && flags.config !== undefined ? null : { ...flags, names };
}

function isBare({ names, app, config }: HotArguments): boolean {
  return names.length === 0 && app === undefined && config === undefined;
}
