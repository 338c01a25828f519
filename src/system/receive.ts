import { constants } from 'node:os';
import { koffi } from './koffi.js';
import { bind, check } from './libc.js';

/** `sender` is null when the kernel gave none. */
export type Datagram = { readonly bytes: Buffer; readonly sender: Sender | null };
type Sender = { readonly pid: number; readonly uid: number };

const { EAGAIN, EINTR } = constants.errno;
const MSG_CMSG_CLOEXEC = 0x40000000;
const SOL_SOCKET = 1;
const SCM_CREDENTIALS = 2;
const LONGEST = 65536;

/** struct msghdr on 64 bits, little end first: where its fields are. */
const MSG = { vector: 16, vectorCount: 24, control: 32, controlLength: 40, size: 56 };
/** struct cmsghdr, and struct ucred behind it. */
const CMSG = { level: 8, type: 12, pid: 16, uid: 20, size: 32 };
/** One block of memory holds them all, as they point to each other: message, vector, control, bytes. */
const VECTOR = MSG.size;
const CONTROL = VECTOR + 16;
const BYTES = CONTROL + CMSG.size;

/**
 * Takes one datagram a call from a socket with SO_PASSCRED, null when there is none; valid until the next call.
 * There is room for the credentials only: descriptors that a sender adds (BARRIER=1) are closed by the kernel.
 */
export function receiver(fd: number): () => Datagram | null {
  const block = Buffer.alloc(BYTES + LONGEST);
  const address = BigInt(koffi().address(block));
  const set = (at: number, value: bigint | number) => block.writeBigUInt64LE(BigInt(value), at);
  set(MSG.vector, address + BigInt(VECTOR));
  set(MSG.vectorCount, 1);
  set(MSG.control, address + BigInt(CONTROL));
  set(VECTOR, address + BigInt(BYTES));
  set(VECTOR + 8, LONGEST);
  const control = block.subarray(CONTROL, BYTES);
  return () => {
    control.fill(0);
    set(MSG.controlLength, CMSG.size);
    const length = received(fd, block);
    return length === null
      ? null
      : { bytes: block.subarray(BYTES, BYTES + length), sender: senderIn(control) };
  };
}

function received(fd: number, message: Buffer): number | null {
  const length = bind('long recvmsg(int, void *, int)')(fd, message, MSG_CMSG_CLOEXEC);
  if (length === -1 && [EAGAIN, EINTR].includes(koffi().errno())) return null;
  return check('recvmsg', length);
}

function senderIn(control: Buffer): Sender | null {
  const isCredentials =
    control.readInt32LE(CMSG.level) === SOL_SOCKET && control.readInt32LE(CMSG.type) === SCM_CREDENTIALS;
  return isCredentials ? { pid: control.readInt32LE(CMSG.pid), uid: control.readUInt32LE(CMSG.uid) } : null;
}
