import { openNotify } from '../../system/notify-socket.js';
import { type Notice, readNotices } from './notify-message.js';

/** The socket on which one life speaks sd_notify(3). Its own, so that a sender that is gone already is no riddle. */
export type NotifyChannel = {
  readonly path: string;
  /** Several may listen; gives back how to stop. */
  listen(then: (notice: Notice) => void): () => void;
  close(): void;
};

/** Binds anew at each call: clients look the path up for every message, so a later master takes over by it. */
export function openNotifyChannel(path: string): NotifyChannel {
  const listeners = new Set<(notice: Notice) => void>();
  const socket = openNotify(path, ({ text }) => {
    for (const notice of readNotices(text)) for (const then of [...listeners]) then(notice);
  });
  const listen = (then: (notice: Notice) => void) => {
    listeners.add(then);
    return () => void listeners.delete(then);
  };
  return { path, listen, close: () => socket.close() };
}
