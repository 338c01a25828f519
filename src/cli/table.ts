import type { Ink, Paint } from './colour.js';
import { cut, textWidth } from './text-width.js';

export type Column = {
  readonly title: string;
  readonly right?: boolean;
  /** It may be cut down to this width when the table does not fit. */
  readonly least?: number;
  /** Left out when cutting is not enough; the highest goes first. */
  readonly expendable?: number;
};
export type Cell = { readonly text: string; readonly ink?: Ink | null };
export type Row = readonly Cell[];

/** A table as lines of at most `width` columns, if that can be; without a width it is as wide as it wants. */
export function table(
  columns: readonly Column[],
  rows: readonly Row[],
  width: number,
  paint: Paint,
): string[] {
  const all = columns.map((column, at) => ({ column, at, width: naturalWidth(column, rows, at) }));
  const fitted = shrink(leaveOut(all, width), width);
  const head = columns.map(({ title }): Cell => ({ text: title, ink: 'dim' }));
  return [head, ...rows].map((row) => drawRow(row, fitted, paint));
}

type Fitted = { readonly column: Column; readonly at: number; readonly width: number };

const GAP = 2;

function naturalWidth(column: Column, rows: readonly Row[], at: number): number {
  return Math.max(textWidth(column.title), ...rows.map((row) => textWidth(row[at]?.text ?? '')));
}

function leaveOut(columns: readonly Fitted[], width: number): readonly Fitted[] {
  if (leastTotal(columns) <= width) return columns;
  const rank = Math.max(...columns.map(({ column }) => column.expendable ?? 0));
  if (rank === 0) return columns;
  return leaveOut(
    columns.filter(({ column }) => column.expendable !== rank),
    width,
  );
}

/** Cuts from the last column to the first, each down to its least width. */
function shrink(columns: readonly Fitted[], width: number): readonly Fitted[] {
  let over = total(columns) - width;
  return columns
    .toReversed()
    .map((fitted) => {
      const spare = Math.max(0, Math.min(over, fitted.width - least(fitted)));
      over -= spare;
      return { ...fitted, width: fitted.width - spare };
    })
    .toReversed();
}

function total(columns: readonly Fitted[]): number {
  return columns.reduce((sum, { width }) => sum + width + GAP, -GAP);
}

function leastTotal(columns: readonly Fitted[]): number {
  return columns.reduce((sum, fitted) => sum + least(fitted) + GAP, -GAP);
}

function least({ column, width }: Fitted): number {
  return Math.min(width, column.least ?? width);
}

function drawRow(row: Row, columns: readonly Fitted[], paint: Paint): string {
  const cells = columns.map(({ column, at, width }) =>
    drawCell(row[at] ?? { text: '' }, column, width, paint),
  );
  return cells.join(' '.repeat(GAP)).trimEnd();
}

function drawCell(cell: Cell, column: Column, width: number, paint: Paint): string {
  const text = cut(cell.text, width);
  const pad = ' '.repeat(width - textWidth(text));
  const painted = paint(cell.ink ?? null, text);
  return column.right ? pad + painted : painted + pad;
}
