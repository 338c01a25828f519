import { Args, Command, Flags } from '@oclif/core';
import type { Control, Fact } from '../control/protocol.js';
import { writeOut } from '../system/machine.js';
import { connect } from './connect.js';
import type { FoundApp } from './find-app.js';
import { job } from './job.js';
import type { Job } from './progress.js';

/** What all verbs share: `--json`, how they print, and one door for errors (main). */
export abstract class SupCommand extends Command {
  static override enableJsonFlag = true;

  /** Prints the lines, or leaves it to oclif to print the value as JSON. */
  protected show<T>(value: T, lines: readonly string[]): T {
    if (!this.jsonEnabled()) writeOut(`${lines.join('\n')}\n`);
    return value;
  }

  /** Asks the master for something that takes its time. */
  protected async job<T>(
    found: FoundApp,
    verb: Job,
    names: readonly string[],
    ask: (control: Control, news: (fact: Fact) => void) => Promise<T>,
  ): Promise<T> {
    const control = await connect(found);
    const view = { job: verb, names, app: found.place.app, quiet: this.jsonEnabled() };
    return job(control, view, (news) => ask(control, news));
  }

  override logJson(json: unknown): void {
    writeOut(`${JSON.stringify(json, null, 2)}\n`);
  }

  protected override async catch(error: Error): Promise<never> {
    throw error;
  }
}

export const APP_FLAGS = {
  app: Flags.string({
    char: 'a',
    helpValue: 'NAME',
    helpGroup: 'GLOBAL',
    exclusive: ['config'],
    summary: 'the app that runs under this name, from any folder',
  }),
  config: Flags.string({
    char: 'c',
    helpValue: 'FILE',
    helpGroup: 'GLOBAL',
    summary: 'a sup.yaml elsewhere than here or in a folder above',
  }),
};

export const GRACEFUL = Flags.boolean({
  char: 'g',
  default: false,
  summary: 'wait for running work as long as it takes, never kill',
});
export const PLAN = Flags.boolean({ default: false, summary: 'only say what would happen, and why' });

export const NAMES = {
  names: Args.string({
    multiple: true,
    ignoreStdin: true,
    description: 'groups (web) or workers (web.2); all without',
  }),
};
