import type { Millis } from '../../config/app.js';
import { after } from '../../system/clock.js';
import { isAlive } from '../../system/processes.js';
import { runCommand } from '../../system/spawn.js';
import type { Subject, Watch } from './readiness.js';

/** process.send('ready'), as PM2 has it. */
export function watchMessages({ child }: Subject, found: () => void): Watch {
  const { say, close } = sayOnce(found);
  child.onMessage((message) => {
    if (message === 'ready') say();
  });
  return { close };
}

export function watchLines({ output }: Subject, pattern: RegExp, found: () => void): Watch {
  const stop = output.watchLines((line) => {
    if (!pattern.test(line)) return;
    stop();
    found();
  });
  return { close: stop };
}

export function watchTime({ identity }: Subject, wait: Millis, found: () => void): Watch {
  const timer = after(wait, () => {
    if (isAlive(identity)) found();
  });
  return { close: () => timer.cancel() };
}

const EVERY: Millis = 500;
const TIMEOUT: Millis = 5_000;

/** Run again and again, one at a time, in the folder and the environment of the life. */
export function watchCommand({ cwd, env }: Subject, command: readonly string[], found: () => void): Watch {
  const { say, close, over } = sayOnce(found);
  const run = async () => {
    if (over()) return;
    const ended = await runCommand(command, { cwd, env, timeout: TIMEOUT }).catch(() => null);
    if (ended?.code === 0) say();
    after(EVERY, run);
  };
  void run();
  return { close };
}

function sayOnce(then: () => void) {
  let over = false;
  const close = () => {
    over = true;
  };
  const say = () => {
    if (over) return;
    close();
    then();
  };
  return { say, close, over: () => over };
}
