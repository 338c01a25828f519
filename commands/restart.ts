import { findApp } from '../src/cli/find-app.js';
import { APP_FLAGS, GRACEFUL, NAMES, SupCommand } from '../src/cli/sup-command.js';
import { changeWords } from '../src/cli/words.js';
import type { ChangeReport } from '../src/control/protocol.js';

export default class Restart extends SupCommand {
  static override summary = 'Stop workers, then start them';
  static override description = 'There is a gap between the two; `sup reload` has none.';
  static override examples = ['<%= config.bin %> restart web.2', '<%= config.bin %> restart'];
  static override args = NAMES;
  static override flags = { graceful: GRACEFUL, ...APP_FLAGS };

  async run(): Promise<ChangeReport> {
    const { args, flags } = await this.parse(Restart);
    const { graceful } = flags;
    const names = args.names ?? [];
    const report = await this.job(await findApp(flags), 'restart', names, (control, news) =>
      control.restart({ names, graceful }, news),
    );
    return this.show(report, changeWords(report));
  }
}
