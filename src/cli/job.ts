import type { Control, Fact } from '../control/protocol.js';
import { terminal, writeErr } from '../system/machine.js';
import { exitProcess, onSignal } from '../system/signals.js';
import { unheard } from './connect.js';
import { beginProgress, type Job } from './progress.js';
import { NOT_SHOWN, type Shown, showProgress } from './show-progress.js';

export type JobView = {
  readonly job: Job;
  readonly names: readonly string[];
  readonly app: string;
  /** No progress at all: --json. */
  readonly quiet: boolean;
};

/** Asks for something that takes its time, and shows how far it is. Ctrl-C leaves; the master goes on with it. */
export async function job<T>(
  control: Control,
  view: JobView,
  ask: (news: (fact: Fact) => void) => Promise<T>,
): Promise<T> {
  const shown = view.quiet ? NOT_SHOWN : await show(control, view);
  const interrupt = onSignal(['SIGINT', 'SIGTERM'], () => leave(view, shown));
  try {
    return await ask(shown.news);
  } finally {
    shown.end();
    interrupt.close();
  }
}

/** The master of an app that is only being looked at may not know the names; the job itself will say so. */
async function show(control: Control, { job, names }: JobView): Promise<Shown> {
  const status = await control.status({ names: [] }, unheard);
  return showProgress(beginProgress(job, names, status));
}

function leave({ job, app }: JobView, shown: Shown): void {
  shown.end();
  if (terminal().isTTY) writeErr('\n');
  writeErr(`left; the ${job} of ${app} goes on: sup status\n`);
  exitProcess(130);
}
