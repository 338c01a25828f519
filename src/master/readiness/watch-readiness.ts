import type { Ready } from '../../config/app.js';
import { watchProbe } from './probe.js';
import type { Subject, Tell, Watch } from './readiness.js';
import { watchCommand, watchLines, watchMessages, watchTime } from './signs.js';
import { watchNotify } from './watch-notify.js';

/**
 * Tells when a life serves, and what else it says of itself, until it is closed: deadlines are not decided
 * here. To be called in the turn of the spawn, or early words are lost.
 */
export function watchReadiness(subject: Subject, ready: Ready, tell: Tell): Watch {
  let closed = false;
  const hear: Tell = (news) => {
    if (!closed) tell(news);
  };
  const watches = [
    watchSign(subject, ready, () => hear({ type: 'ready' })),
    ...(subject.notify === null ? [] : [watchNotify(subject.notify, ready.by === 'notify', hear)]),
  ];
  return {
    close: () => {
      closed = true;
      for (const watch of watches) watch.close();
    },
  };
}

/** `found` is called once at most. */
function watchSign(subject: Subject, ready: Ready, found: () => void): Watch {
  switch (ready.by) {
    case 'notify':
      return NOTHING;
    case 'fd':
      subject.readyLine?.onNewline(found);
      return NOTHING;
    case 'ipc':
      return watchMessages(subject, found);
    case 'http':
      return watchProbe(subject.identity, ready.target, ready.path, found);
    case 'tcp':
      return watchProbe(subject.identity, ready.target, null, found);
    case 'log':
      return watchLines(subject, new RegExp(ready.pattern), found);
    case 'command':
      return watchCommand(subject, ready.command, found);
    case 'after':
      return watchTime(subject, ready.wait, found);
    default:
      return ready satisfies never;
  }
}

const NOTHING: Watch = { close: () => {} };
