import type { Millis } from '../../config/app.js';
import { after } from '../../system/clock.js';
import { descendants, isAlive, listProcesses, watchExit } from '../../system/processes.js';
import type { Subject, Watch } from './readiness.js';

/** A program that says nothing took the signal when it lives on after this time. */
const ALIVE_AFTER: Millis = 1_000;

/**
 * Tells that a life took its reload signal; to be called just before that is sent. What it says by
 * sd_notify(3) comes first: READY=1, and once it said RELOADING=1 nothing else. Otherwise it is that it lives on,
 * for a while after the signal, or after the end of the last process that it had below it.
 */
export function watchReload({ identity, notify }: Subject, tell: () => void): Watch {
  const watches: Watch[] = [];
  let reloading = false;
  const close = () => {
    for (const watch of watches.splice(0)) watch.close();
  };
  const confirm = () => {
    close();
    tell();
  };
  const gone = () => {
    if (!reloading && isAlive(identity)) confirm();
  };

  const old = descendants(identity.pid, listProcesses()).filter(({ pid }) => pid !== identity.pid);
  let left = old.length;
  for (const it of old) watches.push(watchExit(it, () => --left === 0 && watches.push(onTime(gone))));
  if (left === 0) watches.push(onTime(gone));
  const stop = notify?.listen(({ type }) => {
    if (type === 'reloading') reloading = true;
    if (type === 'ready') confirm();
  });
  if (stop !== undefined) watches.push({ close: stop });
  return { close };
}

function onTime(then: () => void): Watch {
  const timer = after(ALIVE_AFTER, then);
  return { close: () => timer.cancel() };
}
