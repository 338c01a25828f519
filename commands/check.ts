import { Flags } from '@oclif/core';
import { check, explainKey } from '../src/cli/check.js';
import { APP_FLAGS, SupCommand } from '../src/cli/sup-command.js';

export default class Check extends SupCommand {
  static override summary = 'Read sup.yaml and name all problems at once';
  static override description = 'Nothing is touched. The exit status is 2 when there is a problem.';
  static override examples = ['<%= config.bin %> check', '<%= config.bin %> check --explain stop.timeout'];
  static override flags = {
    explain: Flags.string({
      helpValue: 'KEY',
      summary: 'what a key of sup.yaml means, takes, and is by default',
    }),
    config: APP_FLAGS.config,
  };

  async run(): Promise<object> {
    const { flags } = await this.parse(Check);
    const { value, lines } = flags.explain === undefined ? check(flags.config) : explainKey(flags.explain);
    return this.show(value, lines);
  }
}
