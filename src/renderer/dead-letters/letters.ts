/**
 * The dead letters that are listed, page after page as far as somebody scrolled. A letter's bytes can be 64 KiB: the
 * list keeps only where its page begins, and the detail reads that page again.
 */
import type { CallInput, CallOutput } from "../../shared/contract.ts";

type Page = CallOutput<"deadLetters.list">;
type Full = Page["items"][number];

export type Letter = Omit<Full, "raw">;

export interface Letters {
  readonly rows: readonly Letter[];
  readonly total: number;
  readonly reasons: Page["reasons"];
  /** Cursor of the next page; null when all are here. */
  readonly next: string | null;
  /** Cursors of the pages that are here, and the row each begins with. */
  readonly pages: readonly PageStart[];
}
interface PageStart {
  readonly after: string | null;
  readonly row: number;
}

export const PAGE_LETTERS = 100;

export type Read = (input: CallInput<"deadLetters.list">) => Promise<Page>;
export type Wanted = Pick<CallInput<"deadLetters.list">, "sourceId" | "reason">;

function withoutBytes(full: Full): Letter {
  const { raw: _, ...letter } = full;
  return letter;
}

/** Reads from the first page on until `rows` rows are there, or all. */
export async function readLetters(read: Read, wanted: Wanted, rows: number): Promise<Letters> {
  return readOn(read, wanted, { rows: [], total: 0, reasons: [], next: null, pages: [] }, rows);
}

/** Reads further pages until `rows` rows are there, or all. */
export async function readOn(read: Read, wanted: Wanted, known: Letters, rows: number): Promise<Letters> {
  const found = [...known.rows];
  const pages = [...known.pages];
  let { next, total, reasons } = known;
  while (pages.length === 0 || (next !== null && found.length < rows)) {
    const page: Page = await read({ ...wanted, limit: PAGE_LETTERS, after: next });
    pages.push({ after: next, row: found.length });
    for (const letter of page.items) found.push(withoutBytes(letter));
    ({ next, total, reasons } = page);
  }
  return { rows: found, total, reasons, next, pages };
}

/** A letter with its bytes; null when it is no longer there. */
export async function readLetter(read: Read, wanted: Wanted, known: Letters, id: number): Promise<Full | null> {
  const row = known.rows.findIndex((letter) => letter.id === id);
  const start = known.pages.findLast((page) => page.row <= row);
  if (start === undefined) return null;
  const page = await read({ ...wanted, limit: PAGE_LETTERS, after: start.after });
  return page.items.find((letter) => letter.id === id) ?? null;
}
