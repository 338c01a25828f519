import type { Millis } from '../../config/app.js';

/** One line of a message as sd_notify(3) has it, as far as we know its name and its value is sound. */
export type Notice =
  | { readonly type: 'ready' | 'reloading' | 'stopping' | 'watchdog' | 'trigger' }
  | { readonly type: 'status'; readonly text: string }
  | { readonly type: 'mainPid'; readonly pid: number }
  | { readonly type: 'watchdogPeriod'; readonly every: Millis | null }
  | { readonly type: 'extend'; readonly by: Millis };

/** Unknown names and unsound values are left out, as sd_notify(3) demands. */
export function readNotices(text: string): Notice[] {
  return text.split('\n').flatMap((line) => {
    const at = line.indexOf('=');
    return READERS.get(line.slice(0, at))?.(line.slice(at + 1)) ?? [];
  });
}

type Reader = (value: string) => Notice | null;

const READERS: ReadonlyMap<string, Reader> = new Map<string, Reader>([
  ['READY', flag('ready')],
  ['RELOADING', flag('reloading')],
  ['STOPPING', flag('stopping')],
  ['STATUS', (value) => ({ type: 'status', text: printable(value) })],
  ['MAINPID', (value) => withNumber(value, (pid) => (pid > 1 ? { type: 'mainPid', pid } : null))],
  ['WATCHDOG', (value) => (value === 'trigger' ? { type: 'trigger' } : flag('watchdog')(value))],
  [
    'WATCHDOG_USEC',
    (value) =>
      withNumber(value, (micros) => ({ type: 'watchdogPeriod', every: micros === 0 ? null : micros / 1000 })),
  ],
  ['EXTEND_TIMEOUT_USEC', (value) => withNumber(value, (micros) => ({ type: 'extend', by: micros / 1000 }))],
]);

function flag(type: 'ready' | 'reloading' | 'stopping' | 'watchdog'): Reader {
  return (value) => (value === '1' ? { type } : null);
}

/** UINT64_MAX, systemd's "infinity", is no safe integer and so no number here. */
function withNumber(value: string, then: (number: number) => Notice | null): Notice | null {
  const number = /^\d{1,20}$/.test(value) ? Number(value) : Number.NaN;
  return Number.isSafeInteger(number) ? then(number) : null;
}

/** It ends up on terminals: no control characters. */
function printable(text: string): string {
  return text.replace(/[\s\p{Cc}\p{Cf}]+/gu, ' ').trim();
}
