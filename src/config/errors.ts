import { SupError } from '../errors/sup-error.js';
import { describeProblems, type Problem } from './problem.js';

/** The config has problems; all of them. */
export class ConfigInvalid extends SupError {
  constructor(
    readonly file: string,
    readonly problems: readonly Problem[],
  ) {
    super('E_CONFIG_INVALID', describeProblems(problems), 'what a key takes: `sup check --explain KEY`');
  }
}

export class ConfigMissing extends SupError {
  constructor(message: string) {
    super('E_CONFIG_MISSING', message, '`sup init` writes one');
  }
}
