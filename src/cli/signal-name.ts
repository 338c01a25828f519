import type { Signal } from '../config/app.js';
import { nearest } from '../config/nearest.js';
import { parseSignal, SIGNALS } from '../config/signal-names.js';
import { SupError } from '../errors/sup-error.js';

export function signalName(word: string): Signal {
  const signal = parseSignal(word);
  if (signal) return signal;
  const near = nearest(word, SIGNALS);
  throw new SupError(
    'E_USAGE',
    `${word} is no signal`,
    near === null ? 'such as `sup signal web SIGUSR2`' : `did you mean ${near}?`,
  );
}
