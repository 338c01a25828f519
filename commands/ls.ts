import { showMasters } from '../src/cli/ls.js';
import { SupCommand } from '../src/cli/sup-command.js';

export default class Ls extends SupCommand {
  static override summary = 'List all apps of this user that run';
  static override examples = ['<%= config.bin %> ls', '<%= config.bin %> ls --json'];

  async run(): Promise<void> {
    await this.parse(Ls);
    await showMasters({ json: this.jsonEnabled() });
  }
}
