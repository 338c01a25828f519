import { closeSync } from 'node:fs';
import { removeFile } from './files.js';
import { bind, check } from './libc.js';
import { poll } from './poll.js';
import { type Datagram, receiver } from './receive.js';
import { clearSocketPath, isAbstract, openUnix, SOCK_DGRAM, unixAddress } from './unix-socket.js';

/** `pid` and `uid` are the kernel's word for who sent it; that process may be gone by now. */
export type NotifyMessage = { readonly pid: number; readonly uid: number; readonly text: string };
export type NotifySocket = { readonly path: string; close(): void };

/** So many in one go, then the other work of the loop has its turn. */
const BATCH = 64;

/** The receiving end of sd_notify(3). An abstract `@name` can be reached by every user: look at the `uid`. */
export function openNotify(path: string, onMessage: (message: NotifyMessage) => void): NotifySocket {
  clearSocketPath(path, SOCK_DGRAM);
  const fd = bound(path);
  const receive = receiver(fd);
  const messages = poll(fd, () => {
    for (let count = 0; count < BATCH; count++) {
      const datagram = receive();
      if (!datagram) return;
      if (datagram.sender) onMessage(messageOf(datagram, datagram.sender));
    }
  });
  return {
    path,
    close: () => {
      messages.close();
      closeSync(fd);
      if (!isAbstract(path)) removeFile(path);
    },
  };
}

const messageOf = ({ bytes }: Datagram, { pid, uid }: { pid: number; uid: number }): NotifyMessage => ({
  pid,
  uid,
  text: bytes.toString('utf8'),
});

/** SO_PASSCRED comes before the bind: no message can be without its sender. */
function bound(path: string): number {
  const fd = openUnix(SOCK_DGRAM);
  const umask = process.umask(0o177);
  try {
    passCredentials(fd);
    const [address, length] = unixAddress(path);
    check('bind', bind('int bind(int, const void *, unsigned int)')(fd, address, length), path);
    return fd;
  } catch (error) {
    closeSync(fd);
    throw error;
  } finally {
    process.umask(umask);
  }
}

const SOL_SOCKET = 1;
const SO_PASSCRED = 16;

function passCredentials(fd: number): void {
  const setsockopt = bind('int setsockopt(int, int, int, const void *, unsigned int)');
  check('setsockopt', setsockopt(fd, SOL_SOCKET, SO_PASSCRED, Buffer.from(new Int32Array([1]).buffer), 4));
}
