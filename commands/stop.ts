import { Flags } from '@oclif/core';
import { findApp } from '../src/cli/find-app.js';
import { awaitEnd, orOvertaken } from '../src/cli/stop.js';
import { APP_FLAGS, GRACEFUL, NAMES, SupCommand } from '../src/cli/sup-command.js';
import { stopWords } from '../src/cli/words.js';
import type { StopReport } from '../src/control/protocol.js';

export default class Stop extends SupCommand {
  static override summary = 'Stop workers; without names the master ends, too';
  static override description =
    "Each worker's process group gets the stop signal of its config, and SIGKILL when its stop timeout has passed.";
  static override examples = [
    '<%= config.bin %> stop',
    '<%= config.bin %> stop web.2',
    '<%= config.bin %> stop -g',
  ];
  static override args = NAMES;
  static override flags = {
    graceful: GRACEFUL,
    now: Flags.boolean({ default: false, exclusive: ['graceful'], summary: 'kill at once' }),
    ...APP_FLAGS,
  };

  async run(): Promise<StopReport> {
    const { args, flags } = await this.parse(Stop);
    const found = await findApp(flags);
    const { graceful, now } = flags;
    const names = args.names ?? [];
    const stop = this.job(found, 'stop', names, (control, news) =>
      control.stop({ names, graceful, now }, news),
    );
    const report = await orOvertaken(found.place, names, stop);
    await awaitEnd(found.place, report);
    return this.show(report, stopWords(report));
  }
}
