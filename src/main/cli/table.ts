/** Columns of text for a terminal; numbers stand on the right. */
import { printable } from "./printable.ts";

export type Cell = string | number | null;

export function table(header: readonly string[], rows: readonly (readonly Cell[])[]): string {
  const texts = rows.map((row) => row.map(cellText));
  const widths = header.map((title, column) =>
    texts.reduce((width, row) => Math.max(width, row[column]?.length ?? 0), title.length),
  );
  const isNumber = header.map((_, column) => rows.some((row) => typeof row[column] === "number"));
  const line = (cells: readonly string[]): string =>
    cells
      .map((cell, column) =>
        isNumber[column] === true ? cell.padStart(widths[column] ?? 0) : cell.padEnd(widths[column] ?? 0),
      )
      .join("  ")
      .trimEnd();
  return [header, ...texts].map((cells) => `${line(cells)}\n`).join("");
}

/** One for all cells: a number that is formatted by itself makes one, which took seconds for a list of 5,000 sources. */
let numbers: Intl.NumberFormat | undefined;

const cellText = (cell: Cell): string => {
  if (cell === null) return "–";
  if (typeof cell !== "number") return printable(cell);
  numbers ??= new Intl.NumberFormat("en-US", { maximumFractionDigits: 2 });
  return numbers.format(cell);
};
