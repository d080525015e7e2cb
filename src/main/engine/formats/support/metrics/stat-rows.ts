/** Rows of the text that sar, mpstat, pidstat, iostat and vmstat print: what a header names, and what a row holds. */

/** Of a header: the names of its columns, without that of the time. */
export interface StatHeader {
  readonly names: readonly string[];
  /** What iostat calls its first table: its rows have values only. */
  readonly hasNoLabel: boolean;
}

/** `10:00:01 AM` or `10:00:01` before a row. */
const CLOCK = /^\d{1,2}:\d\d:\d\d(?: ?[AP]M)?(?=\s|$)/;
const NUMBER = /^-?\d+(?:[.,]\d+)?$/;
/** vmstat -t writes the time behind the row. */
const TRAILING_TIME = /\s(\d{4}-\d\d-\d\d \d\d:\d\d:\d\d)\s*$/;
/** Columns that tell what a row is of. */
const LABEL = /^(?:[A-Z]+|Command|Device:?|device:?)$/;
/** Of vmstat: the names are short words, and none of them is a label. */
const VMSTAT = /^\s*r\s+b\s+(?:swpd|avm)\s/;
const ZONE_NAME = /^[A-Z]{1,5}$/;

/** A share, a rate, kilobytes or a sum: a damaged row has no such words. */
const isTelling = (name: string): boolean => /[%/-]|^kb|^tot|^[A-Z]{3,}$/.test(name);

export const isLabel = (name: string): boolean => LABEL.test(name);

/** What a column is called in a series, without the colon that old versions put behind it. */
export const columnName = (name: string): string => name.replace(/:$/, "");

export function clockOf(text: string): string | null {
  return CLOCK.exec(text)?.[0] ?? null;
}

/** Null for a line that is no header. */
export function headerOf(text: string): StatHeader | null {
  const clock = clockOf(text);
  if (clock !== null) {
    const names = wordsOf(text.slice(clock.length));
    const isHeader = names.length > 1 && !names.some((name) => NUMBER.test(name)) && names.some(isTelling);
    return isHeader ? { names, hasNoLabel: false } : null;
  }
  if (VMSTAT.test(text)) {
    const names = wordsOf(text);
    const last = names.at(-1) ?? "";
    return { names: ZONE_NAME.test(last) ? names.slice(0, -1) : names, hasNoLabel: true };
  }
  const [first = "", ...names] = wordsOf(text);
  if (first === "avg-cpu:") return { names, hasNoLabel: true };
  return /^Device:?$/.test(first) && names.length > 1 ? { names: [first, ...names], hasNoLabel: false } : null;
}

export interface StatRow {
  readonly cells: readonly string[];
  /** Before the row, behind it, or null. */
  readonly time: string | null;
}

export function rowOf(text: string, { names }: StatHeader): StatRow {
  const clock = clockOf(text);
  const [, trailing] = clock === null ? (TRAILING_TIME.exec(text) ?? []) : [];
  const body = trailing === undefined ? text.slice(clock?.length ?? 0) : text.replace(TRAILING_TIME, "");
  const words = wordsOf(body);
  // A command may have blanks in its name, and stands last.
  const isLong = names.at(-1) === "Command" && words.length > names.length;
  const cells = isLong ? [...words.slice(0, names.length - 1), words.slice(names.length - 1).join(" ")] : words;
  return { cells, time: trailing ?? clock };
}

/** Undefined for what is no number. Some locales write a comma. */
export const statNumber = (cell: string): number | undefined =>
  NUMBER.test(cell) ? Number(cell.replace(",", ".")) : undefined;

const wordsOf = (text: string): string[] =>
  text
    .trim()
    .split(/\s+/)
    .filter((word) => word !== "");
