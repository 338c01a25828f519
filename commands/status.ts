import { Flags } from '@oclif/core';
import { showStatus, watchStatus } from '../src/cli/status.js';
import { APP_FLAGS, NAMES, SupCommand } from '../src/cli/sup-command.js';

export default class Status extends SupCommand {
  static override summary = 'Show what runs, and what is wrong';
  static override description =
    'The exit status is 3 when no master runs. With --watch the table is drawn again and again; with --json, too, it is one JSON value a line.';
  static override examples = [
    '<%= config.bin %> status',
    '<%= config.bin %> status web --watch 5',
    '<%= config.bin %> status --json',
  ];
  static override args = NAMES;
  static override flags = {
    watch: Flags.integer({
      char: 'w',
      min: 1,
      helpValue: 'SECONDS',
      summary: 'again and again, every 2 seconds or as given',
    }),
    ...APP_FLAGS,
  };

  async run(): Promise<void> {
    const { args, flags } = await this.parse(Status);
    const query = { ...flags, names: args.names ?? [], json: this.jsonEnabled() };
    if (flags.watch === undefined) await showStatus(query);
    else await watchStatus(query, flags.watch * 1000);
  }
}
