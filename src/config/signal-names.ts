import type { Signal } from './app.js';

/** The names of signal(7) that Linux and Node both know. */
export const SIGNALS = (
  'HUP INT QUIT ILL TRAP ABRT BUS FPE KILL USR1 SEGV USR2 PIPE ALRM TERM STKFLT CHLD CONT STOP TSTP TTIN TTOU ' +
  'URG XCPU XFSZ VTALRM PROF WINCH IO PWR SYS'
)
  .split(' ')
  .map((name): Signal => `SIG${name}`);

/** `TERM`, `SIGTERM` and `term` are SIGTERM; null for what is no signal. */
export function parseSignal(text: string): Signal | null {
  const name = text.toUpperCase();
  return SIGNALS.find((signal) => signal === name || signal === `SIG${name}`) ?? null;
}
