import { Flags } from '@oclif/core';
import { connect } from '../src/cli/connect.js';
import { findApp } from '../src/cli/find-app.js';
import { APP_FLAGS, SupCommand } from '../src/cli/sup-command.js';
import { eventWords } from '../src/cli/words.js';
import type { Fact } from '../src/control/protocol.js';
import { onOutputClosed, writeOut } from '../src/system/machine.js';
import { exitProcess } from '../src/system/signals.js';

export default class Events extends SupCommand {
  static override summary = 'Show what has happened';
  static override description =
    'The same facts are in master.log. With --json and -f it is one JSON value a line.';
  static override examples = ['<%= config.bin %> events', '<%= config.bin %> events -f'];
  static override flags = {
    follow: Flags.boolean({ char: 'f', default: false, summary: 'go on with what happens from now on' }),
    ...APP_FLAGS,
  };

  async run(): Promise<{ events: readonly Fact[] }> {
    const { flags } = await this.parse(Events);
    const { follow } = flags;
    const asLine = this.jsonEnabled() ? JSON.stringify : eventWords;
    onOutputClosed(() => exitProcess(0));
    const control = await connect(await findApp(flags));
    const answer = await control.events({ follow }, (fact) => writeOut(`${asLine(fact)}\n`));
    if (follow) return this.exit(0);
    return this.show(answer, answer.events.map(eventWords));
  }
}
