import { Flags } from '@oclif/core';
import { calledAs } from '../src/cli/called-as.js';
import { findApp } from '../src/cli/find-app.js';
import { start } from '../src/cli/start.js';
import { statusText } from '../src/cli/status.js';
import { APP_FLAGS, NAMES, SupCommand } from '../src/cli/sup-command.js';
import { nextWords, startWords } from '../src/cli/words.js';
import type { StartReport } from '../src/control/protocol.js';

export default class Start extends SupCommand {
  static override summary = 'Start what is missing';
  static override description =
    'In the foreground it shows what the workers write; Ctrl-C stops them in order, a second Ctrl-C at once. With -d it returns when every worker is ready, or fails with the reason and leaves nothing behind. Where the app runs already, it starts what is missing.';
  static override examples = [
    '<%= config.bin %> start',
    '<%= config.bin %> start -d',
    '<%= config.bin %> start -d web',
  ];
  static override args = NAMES;
  static override flags = {
    detach: Flags.boolean({ char: 'd', default: false, summary: 'in the background' }),
    ...APP_FLAGS,
  };

  async run(): Promise<StartReport> {
    const { args, flags } = await this.parse(Start);
    const found = await findApp(flags);
    const json = this.jsonEnabled();
    const started = await start(found, { names: args.names ?? [], detach: flags.detach, json });
    if ('status' in started) return this.exit(started.status);
    const { report, already } = started;
    const where =
      already && !flags.detach
        ? [`${found.place.app} runs in the background; its output: sup logs${found.at} -f`]
        : [];
    return this.show(report, [
      ...where,
      ...startWords(report),
      '',
      statusText(report.status, found.at).trimEnd(),
      '',
      ...nextWords(report, calledAs(), found.at),
    ]);
  }
}
