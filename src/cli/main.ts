import { exitProcess } from '../system/signals.js';
import { DAEMON_VERB } from './daemon-verb.js';
import { hotVerb } from './hot-verbs.js';

/** The program: runs the verb in `argv` and ends the process with its exit status. */
export async function main(argv: readonly string[]): Promise<never> {
  try {
    return exitProcess(await dispatch(argv));
  } catch (error) {
    return exitProcess((await import('./failure.js')).tellFailure(error, argv));
  }
}

/** oclif, yaml and the master are loaded only by those who need them. */
async function dispatch(argv: readonly string[]): Promise<number> {
  const [verb, file] = argv;
  if (verb === DAEMON_VERB) return (await import('./daemon.js')).runDaemon(file ?? '');
  const hot = hotVerb(argv);
  await (hot ? hot() : (await import('./oclif.js')).runCommand(argv));
  return 0;
}
