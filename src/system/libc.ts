import { constants as files } from 'node:fs';
import { constants } from 'node:os';
import { koffi } from './koffi.js';
import { osError } from './os-error.js';

export const LOCK_EX = 2;
export const LOCK_NB = 4;

const { EWOULDBLOCK } = constants.errno;
const F_GETFL = 3;
const F_SETFL = 4;
/** The same numbers on every architecture. */
const SYS_PIDFD_SEND_SIGNAL = 424;
const SYS_PIDFD_OPEN = 434;
const SYS_CLOSE_RANGE = 436;
const CLOSE_RANGE_CLOEXEC = 4;

/** Starts the backlog of a bound socket; nobody accepts by that. */
export const listen = (fd: number, backlog: number): void => {
  check('listen', bind('int listen(int, int)')(fd, backlog));
};

/** False when another description holds the lock and `op` has LOCK_NB. */
export function flock(fd: number, op: number): boolean {
  if (bind('int flock(int, int)')(fd, op) === 0) return true;
  if (koffi().errno() === EWOULDBLOCK) return false;
  throw lastError('flock');
}

export const mkfifo = (path: string, mode: number): void => {
  check('mkfifo', bind('int mkfifo(const char *, unsigned int)')(path, mode), path);
};

/** Of the open file description, so for everybody who shares it. */
export function setNonBlocking(fd: number, on: boolean): void {
  const fcntl = bind('int fcntl(int, int, ...)');
  const flags = check('fcntl', fcntl(fd, F_GETFL, 'int', 0));
  check('fcntl', fcntl(fd, F_SETFL, 'int', on ? flags | files.O_NONBLOCK : flags & ~files.O_NONBLOCK));
}

/** Throws with ESRCH when there is no such process; the descriptor is close-on-exec by nature. */
export const pidfdOpen = (pid: number): number =>
  check('pidfd_open', bind('long syscall(long, ...)')(SYS_PIDFD_OPEN, 'int', pid, 'uint', 0));

export const pidfdSendSignal = (fd: number, signal: number): void => {
  const syscall = bind('long syscall(long, ...)');
  check(
    'pidfd_send_signal',
    syscall(SYS_PIDFD_SEND_SIGNAL, 'int', fd, 'int', signal, 'void *', null, 'uint', 0),
  );
};

/** Every descriptor from `first` on is closed at the next exec; also those that we inherited and know nothing of. */
export const sealDescriptors = (first: number): void => {
  const syscall = bind('long syscall(long, ...)');
  syscall(SYS_CLOSE_RANGE, 'uint', first, 'uint', 0xffffffff, 'uint', CLOSE_RANGE_CLOEXEC);
};

type Native<R> = (...args: unknown[]) => R;
const bound = new Map<string, Native<unknown>>();
let library: ReturnType<ReturnType<typeof koffi>['load']> | null = null;

/** A function of libc by its C prototype; looked up once. */
export function bind<R = number>(prototype: string): Native<R> {
  const known = bound.get(prototype);
  if (known) return known as Native<R>;
  library ??= koffi().load(null);
  const made: Native<R> = library.func(prototype);
  bound.set(prototype, made);
  return made;
}

/** Throws for -1, with the `code` of errno. */
export function check(syscall: string, result: number, detail = ''): number {
  if (result === -1) throw lastError(syscall, detail);
  return result;
}

const lastError = (syscall: string, detail = '') => osError(-koffi().errno(), syscall, detail);
