import type { Millis } from '../../config/app.js';
import { now } from '../../system/clock.js';

export type Reading<T> = { readonly value: T /** When it was begun. */; readonly at: Millis };

const YOUNG: Millis = 5;
/** So a costly table takes a tenth of the processor at most, however many ask. */
const COSTS = 10;

/** One reading for all who ask at about the same time. */
export function shared<T>(read: () => T): () => Reading<T> {
  let last: Reading<T> | null = null;
  let good: Millis = 0;
  return () => {
    if (last !== null && now() < good) return last;
    const at = now();
    last = { value: read(), at };
    good = now() + Math.max(YOUNG, COSTS * (now() - at));
    return last;
  };
}

export function sharedByKey<K, T>(read: (key: K) => T): (key: K) => Reading<T> {
  const readings = new Map<K, () => Reading<T>>();
  return (key) => {
    const reading = readings.get(key) ?? shared(() => read(key));
    readings.set(key, reading);
    return reading();
  };
}
