import { Flags } from '@oclif/core';
import { findApp } from '../src/cli/find-app.js';
import { showLogs } from '../src/cli/logs.js';
import { APP_FLAGS, NAMES, SupCommand } from '../src/cli/sup-command.js';

export default class Logs extends SupCommand {
  static override summary = 'Show what the workers wrote';
  static override description =
    'All workers together in the order of time, rotated and compressed files included; no master is needed. With --json it is one JSON value a line.';
  static override examples = [
    '<%= config.bin %> logs -f',
    '<%= config.bin %> logs web.2 --since 10m --grep "5\\d\\d"',
  ];
  static override args = NAMES;
  static override flags = {
    follow: Flags.boolean({ char: 'f', default: false, summary: 'go on with what is written from now on' }),
    lines: Flags.integer({
      char: 'n',
      min: 0,
      helpValue: 'N',
      summary: 'the last N lines; 50, or all with --since or --grep',
    }),
    since: Flags.string({ helpValue: 'TIME', summary: 'only what is newer, such as 10m' }),
    grep: Flags.string({ helpValue: 'RE', summary: 'only lines that match' }),
    ...APP_FLAGS,
  };

  async run(): Promise<void> {
    const { args, flags } = await this.parse(Logs);
    const { follow, lines, since, grep } = flags;
    const { logDir } = (await findApp(flags)).place;
    await showLogs({ logDir, names: args.names ?? [], follow, lines, since, grep, json: this.jsonEnabled() });
  }
}
