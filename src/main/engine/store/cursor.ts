// Keyset pages: a cursor names the last row of a page by its sort key, so that rows that come or go meanwhile neither
// repeat nor hide others. To callers it is an opaque text.
import { FailureError } from "../../../shared/failure.ts";

/** The sort key of a row; the last part is its id, which makes it unique. */
export type Key = readonly number[];

export interface Page<T> {
  readonly items: readonly T[];
  /** Hand it back as `after`; null on the last page. */
  readonly next: string | null;
  /** Rows on all pages. */
  readonly total: number;
}

export interface PageRequest {
  readonly limit: number;
  readonly after: string | null;
}

const encodeCursor = (key: Key): string => Buffer.from(JSON.stringify(key)).toString("base64url");

export function decodeCursor(cursor: string, parts: number): Key {
  const key = parsed(Buffer.from(cursor, "base64url").toString());
  if (Array.isArray(key) && key.length === parts && key.every((part) => typeof part === "number")) return key;
  throw new FailureError(
    "bad-cursor",
    `"${cursor.slice(0, 40)}" continues no page of this list. Ask for its first page.`,
  );
}

/** `rows` were asked with one more than the limit, which tells whether a page follows. */
export function pageOf<R, T>(
  rows: readonly R[],
  limit: number,
  total: number,
  key: (row: R) => Key,
  item: (row: R) => T,
): Page<T> {
  const shown = rows.slice(0, limit);
  const last = shown.at(-1);
  return {
    items: shown.map(item),
    next: rows.length > limit && last !== undefined ? encodeCursor(key(last)) : null,
    total,
  };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
