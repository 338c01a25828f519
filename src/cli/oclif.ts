import { join } from 'node:path';
import { run, settings } from '@oclif/core';
import { nearest } from '../config/nearest.js';
import { SupError } from '../errors/sup-error.js';
import { terminal } from '../system/machine.js';
import { packageVersion } from '../system/package.js';
import { VERB_NAMES } from './overview.js';

/** Runs a verb by oclif. */
export async function runCommand(argv: readonly string[]): Promise<void> {
  const words = argv[0] === 'help' ? [...argv.slice(1), '--help'] : [...argv];
  checkVerb(words[0] ?? '');
  settings.enableAutoTranspile = false;
  const root = join(import.meta.dirname, '..', '..');
  await run(withWatchInterval(words), { root, pjson: manifest(), version: packageVersion() });
}

function checkVerb(verb: string): void {
  if (VERB_NAMES.includes(verb)) return;
  const near = nearest(verb, VERB_NAMES);
  const hint = near === null ? '`sup help` shows all verbs' : `did you mean \`sup ${near}\`?`;
  throw new SupError('E_USAGE', `sup has no verb ${verb}`, hint);
}

/** `--watch` takes seconds or nothing, which oclif does not know of a flag. */
function withWatchInterval(words: readonly string[]): string[] {
  if (words[0] !== 'status') return [...words];
  return words.flatMap((word, i) => {
    const takesNext = (word === '--watch' || word === '-w') && !/^\d/.test(words[i + 1] ?? '');
    return takesNext ? [word, '2'] : [word];
  });
}

/** In place of an `oclif` block in package.json: a static list, no scan of folders. */
function manifest() {
  return {
    name: 'sup',
    version: packageVersion(),
    type: 'module' as const,
    oclif: {
      bin: 'sup',
      commands: { strategy: 'explicit' as const, target: './commands/verbs.js', identifier: 'COMMANDS' },
      topicSeparator: ' ' as const,
      helpOptions: {
        flagSortOrder: 'none' as const,
        hideCommandSummaryInDescription: true,
        maxWidth: helpWidth(),
      },
    },
  };
}

function helpWidth(): number {
  return Math.max(60, Math.min(100, terminal().columns));
}
