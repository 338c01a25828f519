import type { Fact } from '../control/protocol.js';
import { groupInk, type Ink, type Paint } from './colour.js';
import { factWords } from './words.js';

export type OutputLine = {
  readonly worker: string;
  readonly stream: 'stdout' | 'stderr';
  readonly line: string;
};

/** `web.1  | line`: who says it, in the colour of its group. */
export type LiveLogs = { line(line: Pick<OutputLine, 'worker' | 'line'>): string; fact(fact: Fact): string };

/** The groups that are known beforehand give the width of the names and the order of the colours. */
export function liveLogs(groups: readonly { name: string; count: number }[], paint: Paint): LiveLogs {
  const inks = new Map(groups.map(({ name }, index): [string, Ink] => [name, groupInk(index)]));
  let widest = Math.max(
    'sup'.length,
    ...groups.map(({ name, count }) => `${name}.${Math.max(0, count - 1)}`.length),
  );
  const inkOf = (group: string) => {
    const ink = inks.get(group) ?? groupInk(inks.size);
    inks.set(group, ink);
    return ink;
  };
  const prefix = (name: string, ink: Ink) => {
    widest = Math.max(widest, name.length);
    return paint(ink, `${name.padEnd(widest)} |`);
  };
  return {
    line: ({ worker, line }) => `${prefix(worker, inkOf(groupOf(worker)))} ${line}`,
    fact: (fact) => `${prefix('sup', 'dim')} ${paint('dim', factWords(fact))}`,
  };
}

function groupOf(worker: string): string {
  return worker.slice(0, Math.max(0, worker.lastIndexOf('.')));
}
