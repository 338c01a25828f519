import type { NotifyChannel } from './notify-channel.js';
import type { Notice } from './notify-message.js';
import type { Tell, Watch } from './readiness.js';
import { openWatchdog } from './watchdog.js';

/**
 * Makes news of what a life says by sd_notify(3). READY=1 counts where readiness is told this way
 * (`saysReady`), and after RELOADING=1 in any case.
 */
export function watchNotify(channel: NotifyChannel, saysReady: boolean, tell: Tell): Watch {
  const dog = openWatchdog((every) => tell({ type: 'unwell', reason: `no watchdog ping for ${every} ms` }));
  let awaited = saysReady;

  const hear = (notice: Notice) => {
    switch (notice.type) {
      case 'ready':
        dog.ping();
        if (awaited) tell({ type: 'ready' });
        awaited = false;
        return;
      case 'reloading':
        awaited = true;
        return tell({ type: 'reloading' });
      case 'stopping':
        dog.promise(null);
        return tell({ type: 'stopping' });
      case 'watchdog':
        dog.ping();
        return tell({ type: 'watchdog' });
      case 'watchdogPeriod':
        dog.promise(notice.every);
        return tell(notice);
      case 'trigger':
        return tell({ type: 'unwell', reason: 'it asked for it (WATCHDOG=trigger)' });
      default:
        return tell(notice);
    }
  };

  const stop = channel.listen(hear);
  const close = () => {
    stop();
    dog.close();
  };
  return { close };
}
