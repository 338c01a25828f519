import { findApp } from '../src/cli/find-app.js';
import { APP_FLAGS, PLAN, SupCommand } from '../src/cli/sup-command.js';
import { changeWords } from '../src/cli/words.js';
import type { ChangeReport } from '../src/control/protocol.js';

export default class Apply extends SupCommand {
  static override summary = 'Take up sup.yaml, touching only what differs';
  static override description =
    'Groups that are the same keep their processes. A new count starts or stops only the difference; new groups start, groups that are gone stop.';
  static override examples = ['<%= config.bin %> apply --plan', '<%= config.bin %> apply'];
  static override flags = { plan: PLAN, ...APP_FLAGS };

  async run(): Promise<ChangeReport> {
    const { flags } = await this.parse(Apply);
    const { plan } = flags;
    const report = await this.job(await findApp(flags), 'apply', [], (control, news) =>
      control.apply({ plan }, news),
    );
    return this.show(report, changeWords(report));
  }
}
