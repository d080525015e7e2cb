/**
 * The dead letters that are listed, by page, as far as somebody looked: the last of a million is one question away.
 * Without their bytes, which the detail asks for.
 */
import type { CallInput, CallOutput } from "../../shared/contract.ts";
import type { RowRange } from "../ui/scroller.ts";

type Page = CallOutput<"deadLetters.list">;
type Full = Page["items"][number];

export type Letter = Omit<Full, "raw">;

export interface Letters {
  /** Least recently read first. */
  readonly pages: ReadonlyMap<number, readonly Letter[]>;
  readonly total: number;
  readonly reasons: Page["reasons"];
  /** Share of the case in which the words were looked for, 0–1. */
  readonly searched: number;
}

export const PAGE_LETTERS = 200;
/** Dozens of screens in each direction. */
const PAGES_KEPT = 64;
/** As many as one answer may hold. */
const MOST_ASKED = 1_000;

export type Read = (input: CallInput<"deadLetters.list">) => Promise<Page>;
export type Wanted = Pick<CallInput<"deadLetters.list">, "sourceId" | "reason"> & { readonly text: string };

function withoutBytes(full: Full): Letter {
  const { raw: _, ...letter } = full;
  return letter;
}

/** What an answer about the first rows shows. */
export const firstLetters = ({ items, total, reasons, searched }: Page): Letters => ({
  pages: new Map([[0, items.map(withoutBytes)]]),
  total,
  reasons,
  searched,
});

const pageOf = (row: number): number => Math.floor(row / PAGE_LETTERS);

/** Undefined for a row that is not here. */
export const letterAt = ({ pages }: Letters, row: number): Letter | undefined =>
  pages.get(pageOf(row))?.[row % PAGE_LETTERS];

/** -1 when no row that is here is this letter. */
export function rowOf({ pages }: Letters, id: number): number {
  for (const [page, rows] of pages) {
    const at = rows.findIndex((letter) => letter.id === id);
    if (at >= 0) return page * PAGE_LETTERS + at;
  }
  return -1;
}

/** All that are here, in the order of the list. */
export const shownLetters = ({ pages }: Letters): readonly Letter[] =>
  [...pages].toSorted(([a], [b]) => a - b).flatMap(([, rows]) => rows);

/** Whether all these rows are here, as far as the list reaches. */
export const hasRows = ({ pages, total }: Letters, { first, end }: RowRange): boolean =>
  missing(pages, first, Math.min(end, total)).length === 0;

function missing(pages: Letters["pages"], first: number, end: number): number[] {
  const found: number[] = [];
  for (let page = pageOf(Math.max(0, first)); page * PAGE_LETTERS < end; page += 1)
    if (!pages.has(page)) found.push(page);
  return found;
}

/** Reads the pages of these rows that are not among the known ones. A list that has become shorter shows its end. */
export async function readRows(
  read: Read,
  wanted: Wanted,
  { first, end }: RowRange,
  known: Letters | null,
): Promise<Letters> {
  const pages = new Map(known?.pages);
  let { total, reasons, searched } = known ?? { total: 0, reasons: [] as Page["reasons"], searched: 1 };
  const asked =
    known === null ? missing(pages, first, Math.max(end, first + 1)) : missing(pages, first, Math.min(end, total));
  for (const page of asked) {
    const offset = page * PAGE_LETTERS;
    const answer = await read({ ...wanted, limit: PAGE_LETTERS, after: null, offset, rawBytes: 0 });
    ({ total, reasons, searched } = answer);
    pages.set(page, answer.items.map(withoutBytes));
  }
  for (const oldest of pages.keys()) {
    if (pages.size <= PAGES_KEPT) break;
    pages.delete(oldest);
  }
  const letters = { pages, total, reasons, searched };
  const isBeyond = known === null && first >= total && total > 0;
  return isBeyond ? await readRows(read, wanted, { first: total - 1, end: total }, null) : letters;
}

/** Ids of the letters in these rows, the last included. */
export async function readIds(read: Read, wanted: Wanted, first: number, last: number): Promise<number[]> {
  const ids: number[] = [];
  while (first + ids.length <= last) {
    const offset = first + ids.length;
    const limit = Math.min(MOST_ASKED, last - offset + 1);
    const { items } = await read({ ...wanted, limit, after: null, offset, rawBytes: 0 });
    if (items.length === 0) break;
    for (const { id } of items) ids.push(id);
  }
  return ids;
}
