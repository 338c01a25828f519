import { openNotify } from '../../system/notify-socket.js';
import { type Notice, readNotices } from './notify-message.js';

/** The socket on which one life speaks sd_notify(3). Its own, so that a sender that is gone already is no riddle. */
export type NotifyChannel = {
  readonly path: string;
  /** Several may listen; gives back how to stop. */
  listen(then: (notice: Notice) => void): () => void;
  close(): void;
};

/**
 * Binds anew at each call: clients look the path up for every message, so a later master takes over by it.
 * Words of another user than `uid` or root do not count; null is whoever can reach the path.
 */
export function openNotifyChannel(path: string, uid: number | null): NotifyChannel {
  const listeners = new Set<(notice: Notice) => void>();
  const socket = openNotify(path, ({ text, uid: sender }) => {
    if (uid !== null && sender !== uid && sender !== 0) return;
    for (const notice of readNotices(text)) for (const then of [...listeners]) then(notice);
  });
  const listen = (then: (notice: Notice) => void) => {
    listeners.add(then);
    return () => void listeners.delete(then);
  };
  return { path, listen, close: () => socket.close() };
}
