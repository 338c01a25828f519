import { onSignal } from '../system/signals.js';
import type { App } from './app.js';
import { stop } from './verbs/stop.js';

/** The first signal stops in an orderly way, the second at once. A terminal that goes away does not end a daemon. */
export function stopOnSignals(app: App, foreground: boolean): { close(): void } {
  const ending = onSignal(['SIGINT', 'SIGTERM', ...(foreground ? (['SIGHUP'] as const) : [])], () => {
    void stop(app, { names: [], graceful: false, now: app.ending });
  });
  const ignored = onSignal(foreground ? [] : ['SIGHUP'], () => {});
  return {
    close: () => {
      ending.close();
      ignored.close();
    },
  };
}
