import type { Bytes, Millis } from '../config/app.js';

/** A length of time in a sentence: `340 ms`, `4.2 s`, `27 s`, `3 min 20 s`, `2 h 5 min`, `4 d 3 h`. */
export function span(time: Millis): string {
  if (time < 1000) return `${Math.max(0, Math.round(time))} ms`;
  if (time < 9950) return `${Number((time / 1000).toFixed(1))} s`;
  return parts(time, ['d', 'h', 'min', 's'], ' ').join(' ');
}

/** The same in a table: `4s`, `3m20s`, `2h05m`, `4d03h`. */
export function shortSpan(time: Millis): string {
  const [first = '0s', second] = parts(time, ['d', 'h', 'm', 's'], '');
  return second === undefined ? first : first + second.padStart(3, '0');
}

/** Memory and log sizes, as sup.yaml writes them: `512K`, `45M`, `1.2G`. */
export function size(bytes: Bytes): string {
  const step = UNITS.findIndex((_unit, i) => bytes < 999.5 * 1024 ** i);
  const unit = step < 0 ? UNITS.length - 1 : step;
  const value = bytes / 1024 ** unit;
  return `${value < 9.95 && unit > 1 ? value.toFixed(1) : Math.round(value)}${UNITS[unit] ?? ''}`;
}

/** `1 worker`, `4 workers`. */
export function amount(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`;
}

const UNITS = ['B', 'K', 'M', 'G', 'T'];
const SECONDS = [86_400, 3600, 60, 1];

/** At most the two greatest units; the second only where it is not 0. */
function parts(time: Millis, names: readonly string[], gap: string): string[] {
  let rest = Math.round(time / 1000);
  const counts = SECONDS.map((unit) => {
    const count = Math.floor(rest / unit);
    rest %= unit;
    return count;
  });
  const first = counts.findIndex((count) => count > 0);
  if (first < 0) return [`0${gap}${names.at(-1)}`];
  return [first, first + 1].filter((i) => (counts[i] ?? 0) > 0).map((i) => `${counts[i]}${gap}${names[i]}`);
}
