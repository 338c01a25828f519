import { Args, Flags } from '@oclif/core';
import { init, initWords, KINDS, type Written } from '../src/cli/init.js';
import { SupCommand } from '../src/cli/sup-command.js';

export default class Init extends SupCommand {
  static override summary = 'Write a first sup.yaml, and a small app that it runs';
  static override description =
    'It overwrites nothing: if one of its files is there already, it writes none.';
  static override examples = ['<%= config.bin %> init', '<%= config.bin %> init python --dir hello'];
  static override args = {
    kind: Args.option({
      options: KINDS,
      ignoreStdin: true,
      description: 'what the app is written in; node if not said',
    })(),
  };
  static override flags = {
    dir: Flags.string({ helpValue: 'FOLDER', default: '.', summary: 'where to' }),
  };

  async run(): Promise<Written> {
    const { args, flags } = await this.parse(Init);
    const written = init(args.kind ?? 'node', flags.dir);
    return this.show(written, initWords(written));
  }
}
