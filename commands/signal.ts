import { Args } from '@oclif/core';
import { connect, unheard } from '../src/cli/connect.js';
import { findApp } from '../src/cli/find-app.js';
import { signalName } from '../src/cli/signal-name.js';
import { APP_FLAGS, NAMES, SupCommand } from '../src/cli/sup-command.js';
import { signalWords } from '../src/cli/words.js';
import type { SignalReport } from '../src/control/protocol.js';

export default class Signal extends SupCommand {
  static override summary = 'Send a signal to the main process of workers';
  static override examples = ['<%= config.bin %> signal web SIGUSR2', '<%= config.bin %> signal web.2 HUP'];
  static override args = {
    ...NAMES,
    signal: Args.string({ required: true, ignoreStdin: true, description: 'SIGUSR2, or USR2' }),
  };
  static override flags = APP_FLAGS;

  async run(): Promise<SignalReport> {
    const { args, flags } = await this.parse(Signal);
    const signal = signalName(args.signal);
    const control = await connect(await findApp(flags));
    const report = await control.signal({ names: args.names ?? [], signal }, unheard);
    return this.show(report, signalWords(report, signal));
  }
}
