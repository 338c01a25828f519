import { findApp } from '../src/cli/find-app.js';
import { APP_FLAGS, GRACEFUL, NAMES, PLAN, SupCommand } from '../src/cli/sup-command.js';
import { changeWords } from '../src/cli/words.js';
import type { ChangeReport } from '../src/control/protocol.js';

export default class Reload extends SupCommand {
  static override summary = 'Replace workers one after the other, without losing a request';
  static override description =
    'Reads sup.yaml again first; if it is invalid, nothing is touched. A new worker that does not get ready ends the reload: the old ones stay, and the exit status is 4.';
  static override examples = [
    '<%= config.bin %> reload',
    '<%= config.bin %> reload -g web',
    '<%= config.bin %> reload --plan',
  ];
  static override args = NAMES;
  static override flags = { graceful: GRACEFUL, plan: PLAN, ...APP_FLAGS };

  async run(): Promise<ChangeReport> {
    const { args, flags } = await this.parse(Reload);
    const { graceful, plan } = flags;
    const names = args.names ?? [];
    const report = await this.job(await findApp(flags), 'reload', names, (control, news) =>
      control.reload({ names, graceful, plan }, news),
    );
    return this.show(report, changeWords(report));
  }
}
