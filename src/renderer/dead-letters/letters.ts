/** The dead letters that are listed, page after page as far as somebody scrolled; without their bytes, which the detail asks for. */
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
}

const NONE: Letters = { rows: [], total: 0, reasons: [], next: null };

/** As many as one answer may hold: the last of 100,000 is a hundred questions away. */
export const PAGE_LETTERS = 1_000;

export type Read = (input: CallInput<"deadLetters.list">) => Promise<Page>;
export type Wanted = Pick<CallInput<"deadLetters.list">, "sourceId" | "reason">;

function withoutBytes(full: Full): Letter {
  const { raw: _, ...letter } = full;
  return letter;
}

/** Reads from the first page on until `rows` rows are there, or all. */
export const readLetters = (read: Read, wanted: Wanted, rows: number): Promise<Letters> =>
  readOn(read, wanted, null, rows);

/** Reads further pages until `rows` rows are there, or all. Null knows nothing yet. */
export async function readOn(read: Read, wanted: Wanted, known: Letters | null, rows: number): Promise<Letters> {
  const found = [...(known?.rows ?? [])];
  let { next, total, reasons } = known ?? NONE;
  let first = known === null;
  while (first || (next !== null && found.length < rows)) {
    const page: Page = await read({ ...wanted, limit: PAGE_LETTERS, after: next, rawBytes: 0 });
    for (const letter of page.items) found.push(withoutBytes(letter));
    ({ next, total, reasons } = page);
    first = false;
  }
  return { rows: found, total, reasons, next };
}
