import { Args } from '@oclif/core';
import { findApp } from '../src/cli/find-app.js';
import { scaleCounts } from '../src/cli/scale-counts.js';
import { APP_FLAGS, SupCommand } from '../src/cli/sup-command.js';
import { changeWords } from '../src/cli/words.js';
import type { ChangeReport } from '../src/control/protocol.js';

export default class Scale extends SupCommand {
  static override summary = 'Run more or fewer workers of a group';
  static override description = 'It holds until sup.yaml gets another count, or the app is stopped.';
  static override examples = ['<%= config.bin %> scale web=8', '<%= config.bin %> scale web=8 api=2'];
  static override args = {
    counts: Args.string({ multiple: true, required: true, ignoreStdin: true, description: 'GROUP=COUNT' }),
  };
  static override flags = APP_FLAGS;

  async run(): Promise<ChangeReport> {
    const { args, flags } = await this.parse(Scale);
    const counts = scaleCounts(args.counts);
    const report = await this.job(await findApp(flags), 'scale', [], (control, news) =>
      control.scale({ counts }, news),
    );
    return this.show(report, changeWords(report));
  }
}
