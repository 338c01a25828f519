import { median, spread } from './median.js';

/** What was measured again and again; a word where nothing could be. */
export type Cell = readonly number[] | string;

export type Column = {
  readonly title: string;
  readonly unit: string;
  readonly better: 'less' | 'more';
};

export type Row = { readonly peer: string; readonly cells: readonly Cell[] };

export type Section = {
  readonly title: string;
  /** What was measured, in a sentence or two. */
  readonly about: string;
  readonly columns: readonly Column[];
  readonly rows: readonly Row[];
};

/** The rows of a table whose columns are known to `of` by their titles. */
export const rowsOf = (
  peers: readonly { readonly name: string }[],
  columns: readonly Column[],
  of: (peer: string, column: string) => Cell,
): Row[] => peers.map(({ name }) => ({ peer: name, cells: columns.map(({ title }) => of(name, title)) }));

export const OURS = 'sup';
export const FLOOR = 'floor';

/** Markdown: what was measured, the table, and where sup is not first. */
export function sectionText(section: Section): string {
  const { title, about, columns, rows } = section;
  const head = ['', ...columns.map((column) => `${column.title} (${column.unit})`)];
  const body = rows.map(({ peer, cells }) => [
    peer === OURS ? `**${peer}**` : peer,
    ...columns.map((_, at) => cellText(cells[at] ?? '', reference(rows, at, columns))),
  ]);
  const lines = [head, head.map((_, at) => (at === 0 ? '---' : '---:')), ...body];
  return [`## ${title}`, about, lines.map(lineText).join('\n'), verdict(section)].join('\n\n');
}

/** The columns in which a peer is ahead of sup, or sup failed; the floor is no peer. */
export function verdict({ columns, rows }: Section): string {
  if (rows.every(({ peer }) => peer === OURS || peer === FLOOR)) return 'No peer was there to compare with.';
  const behind = columns.flatMap((column, at) => lag(rows, at, column));
  return behind.length === 0 ? 'sup is first.' : `sup is **not first** in ${behind.join('; ')}.`;
}

function lag(rows: readonly Row[], at: number, column: Column): string[] {
  const ours = value(rows, OURS, at);
  const best = bestPeer(rows, at, column);
  if (ours === null) return [`${column.title}, where it was not measured`];
  if (best === null || !isAhead(best.value, ours, column)) return [];
  return [`${column.title}: ${best.peer} ${number(best.value)}, sup ${number(ours)} ${column.unit}`];
}

type Known = { readonly peer: string; readonly value: number };

/** Ratios are to the floor, where there is one in this column, else to the best of all. */
function reference(rows: readonly Row[], at: number, columns: readonly Column[]): number | null {
  const column = columns[at];
  const floor = value(rows, FLOOR, at);
  if (floor !== null || !column) return floor;
  const known = valuesIn(rows, at).map((one) => one.value);
  if (known.length === 0) return null;
  return column.better === 'less' ? Math.min(...known) : Math.max(...known);
}

function bestPeer(rows: readonly Row[], at: number, column: Column): Known | null {
  const others = valuesIn(rows, at).filter(({ peer }) => peer !== OURS && peer !== FLOOR);
  return others.reduce<Known | null>(
    (best, one) => (best === null || isAhead(one.value, best.value, column) ? one : best),
    null,
  );
}

const isAhead = (a: number, b: number, { better }: Column): boolean => (better === 'less' ? a < b : a > b);

const valuesIn = (rows: readonly Row[], at: number): Known[] =>
  rows.flatMap(({ peer, cells }) => {
    const cell = cells[at] ?? '';
    return typeof cell === 'string' || cell.length === 0 ? [] : [{ peer, value: median(cell) }];
  });

const value = (rows: readonly Row[], peer: string, at: number): number | null =>
  valuesIn(rows, at).find((one) => one.peer === peer)?.value ?? null;

function cellText(cell: Cell, whole: number | null): string {
  if (typeof cell === 'string') return cell;
  if (cell.length === 0) return '';
  const middle = median(cell);
  const [low, high] = spread(cell);
  const range = number(low) === number(high) ? '' : ` (${number(low)}–${number(high)})`;
  const ratio = whole === null || whole === 0 ? '' : `, ${number(middle / whole)}×`;
  return `${number(middle)}${range}${ratio}`;
}

const lineText = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;

/** Three digits say enough. */
export function number(value: number): string {
  const digits = Math.abs(value) >= 100 ? 0 : Math.abs(value) >= 10 ? 1 : 2;
  return Number(value.toFixed(digits)).toLocaleString('en-US');
}
