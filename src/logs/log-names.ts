/** Who wrote it, and when it was closed: null is the file that is being written. */
export type LogName = { readonly worker: string; readonly stamp: string | null; readonly gz: boolean };

const NAME = /^(.+)\.log(?:\.(\d{8}T\d{6}\.\d{3}Z)(\.gz)?)?$/;

/** `web.2.log`, `web.2.log.20261125T140424.123Z`, `….gz`; null for another file. */
export function parseLogName(name: string): LogName | null {
  const [, worker, stamp, gz] = NAME.exec(name) ?? [];
  return worker ? { worker, stamp: stamp ?? null, gz: gz !== undefined } : null;
}

export const logName = ({ worker, stamp, gz }: LogName): string =>
  `${worker}.log${stamp ? `.${stamp}` : ''}${gz ? '.gz' : ''}`;

/** The name of the time index beside it, compressed or not. */
export const indexName = (log: Pick<LogName, 'worker' | 'stamp'>): string =>
  `${logName({ ...log, gz: false })}.idx`;

/** Sorts as text as it does as time, and is later than `last` whatever the clock does: names never meet. */
export function nextStamp(time: number, last: string | null): string {
  const stamp = stampOf(time);
  return last === null || stamp > last ? stamp : stampOf(timeOfStamp(last) + 1);
}

export const stampOf = (time: number): string => new Date(time).toISOString().replace(/[-:]/g, '');

export function timeOfStamp(stamp: string): number {
  const [, year, month, day, hour, minute, rest] = /^(....)(..)(..)T(..)(..)(.+)$/.exec(stamp) ?? [];
  return Date.parse(`${year}-${month}-${day}T${hour}:${minute}:${rest}`);
}

/** `web` names every worker of the group, `web.2` one; no names at all mean every worker. */
export function isNamed(worker: string, names: readonly string[]): boolean {
  const group = /^(.+)\.\d+$/.exec(worker)?.[1];
  if (group === undefined) return false;
  return names.length === 0 || names.includes(worker) || names.includes(group);
}

/** By group, then by number: web.2 before web.10. */
export function compareWorkers(a: string, b: string): number {
  return a.localeCompare(b, 'en', { numeric: true });
}
