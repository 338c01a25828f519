import type { Bytes, Millis } from './app.js';

const SPANS = { ms: 1, s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000 };
const SIZES = { '': 1, K: 1024, M: 1024 ** 2, G: 1024 ** 3, T: 1024 ** 4 };

export const SPAN_PATTERN = '^\\d+(\\.\\d+)?(ms|s|m|h|d)$';
export const SIZE_PATTERN = '^\\d+(\\.\\d+)?([KMGT](i?B)?)?$';

/** `10s`, `1.5m`, `500ms` in milliseconds; null when it is no duration. */
export function parseSpan(text: string): Millis | null {
  return parse(text, SPAN_PATTERN, SPANS, /ms|[smhd]/);
}

/** `512M` in bytes, units being powers of 1024; null when it is no size. */
export function parseSize(text: string): Bytes | null {
  return parse(text, SIZE_PATTERN, SIZES, /[KMGT]/);
}

function parse(
  text: string,
  pattern: string,
  units: Readonly<Record<string, number>>,
  unit: RegExp,
): number | null {
  if (!new RegExp(pattern).test(text)) return null;
  const value = Number.parseFloat(text) * (units[unit.exec(text)?.[0] ?? ''] ?? 1);
  return Number.isSafeInteger(Math.round(value)) ? Math.round(value) : null;
}

/** `10000` as `10s`: in the largest unit that keeps it whole. */
export function showSpan(span: Millis): string {
  const [unit, worth] = Object.entries(SPANS).findLast(([, each]) => span >= each && span % each === 0) ?? [
    's',
    1,
  ];
  return `${span / worth}${unit}`;
}
