/** Tables that commands print for people: cells stand under the names of a header, at the places where these begin. */

/** Longer lines are no rows of such tables; patterns over millions of characters would take long. */
export const LONGEST_ROW = 16_384;

export interface Columns {
  readonly names: readonly string[];
  /** Where each column of the header begins. */
  readonly starts: readonly number[];
}

/** Names are parted by two blanks or a tab, and may hold single blanks. */
export function columnsOf(header: string): Columns {
  const found = [...header.matchAll(/[^\s]+(?: [^\s]+)*/g)];
  return { names: found.map(([name]) => name), starts: found.map(({ index }) => index) };
}

/** Null where a row is not of these columns. */
export function cellsOf(row: string, { names, starts }: Columns): readonly string[] | null {
  if (row.length > LONGEST_ROW) return null;
  if (row.includes("\t")) {
    const cells = row.split("\t").map((cell) => cell.trim());
    return cells.length === names.length ? cells : null;
  }
  const isAligned = starts.every((start) => start === 0 || row.length <= start || row[start - 1] === " ");
  if (isAligned) return starts.map((start, at) => row.slice(start, starts[at + 1]).trim());
  // What was printed later, as the table went on, has widths of its own.
  const cells = row.trim().split(/ {2,}/);
  if (cells.length < names.length) return null;
  return [...cells.slice(0, names.length - 1), cells.slice(names.length - 1).join("  ")];
}

/** Cells by the names of their columns, those that are empty left out. */
export const namedCells = ({ names }: Columns, cells: readonly string[]): (readonly [string, string])[] =>
  names.map((name, at) => [name, cells[at] ?? ""] as const).filter(([, value]) => value !== "");
