import { koffi } from './koffi.js';

/** While started, tells that a descriptor can be read, as long as that is so (level-triggered). */
export type Poll = { start(): void; stop(): void; close(): void };

/** koffi closes a handle that nobody holds. */
const open = new Set<Poll>();

/** Started at once. Close it before the descriptor. */
export function poll(fd: number, onReadable: () => void): Poll {
  let running = true;
  let due = false;
  let closed = false;
  /** koffi calls outside of Node's callback scope: no promise would go on, no exception be caught. */
  const later = () => {
    if (due) return;
    due = true;
    setImmediate(() => {
      due = false;
      if (running) onReadable();
    });
  };
  const handle = koffi().node.poll(fd, later);
  const poll: Poll = {
    start: () => {
      if (running || closed) return;
      running = true;
      handle.start(later);
    },
    stop: () => {
      if (running) handle.stop();
      running = false;
    },
    close: () => {
      if (!closed) handle.close();
      closed = true;
      running = false;
      open.delete(poll);
    },
  };
  open.add(poll);
  return poll;
}
