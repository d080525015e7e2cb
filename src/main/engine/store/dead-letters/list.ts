// The list of the dead letters, by page: from a cursor on, from a row on, or of those that hold words.
import type { DeadLetter, DeadLetterChoice } from "../../../../shared/model/dead-letter.ts";
import { decodeCursor, pageOf, type Page, type PageRequest } from "../cursor.ts";
import type { Connection } from "../sqlite.ts";
import { conditionOf, hasWords, type Condition, type Parameter } from "./choice.ts";
import { LetterSearch, type FoundLetter, type SearchPace } from "./letter-search.ts";
import { letterColumns, letterOf, type DeadLetterRow } from "./rows.ts";

export interface DeadLetterFilter {
  readonly sourceId: number | null;
  readonly reason: string | null;
  /** Words that the message or the reason holds. */
  readonly text?: string | undefined;
}

export interface DeadLetterPage extends Page<DeadLetter> {
  /** Of all that the source has, whatever the reason asked for, most frequent first. */
  readonly reasons: readonly { readonly reason: string; readonly count: number }[];
  /** Share of the case in which words were looked for, 0–1; the page is of what was found in it. */
  readonly searched: number;
}

interface ListRequest extends PageRequest {
  readonly rawBytes?: number | undefined;
  readonly offset?: number | undefined;
}

/** In the order in which they were met. Words are looked for by `search`, which may answer early. */
export function listDeadLetters(
  db: Connection,
  filter: DeadLetterFilter,
  page: ListRequest,
  search: LetterSearch = new LetterSearch(db),
  pace: SearchPace = {},
): DeadLetterPage {
  const { reason, sourceId, text } = filter;
  const reasons = countByReason(db, sourceId);
  const choice: DeadLetterChoice =
    reason === null ? { which: "all", sourceId, text } : { which: "group", reason, sourceId, text };
  if (hasWords(text)) {
    const { letters, searched } = search.find(choice, pace);
    const rows = foundRows(db, letters, page);
    return {
      ...pageOf(rows, page.limit, letters.length, (row) => [row.first_at, row.id], letterOf),
      reasons,
      searched,
    };
  }
  const total = reasons
    .filter((one) => reason === null || one.reason === reason)
    .reduce((sum, one) => sum + one.count, 0);
  const rows = listedRows(db, conditionOf(choice), total, page);
  return { ...pageOf(rows, page.limit, total, (row) => [row.first_at, row.id], letterOf), reasons, searched: 1 };
}

const countByReason = (db: Connection, sourceId: number | null): { reason: string; count: number }[] =>
  db
    .prepare<Parameter[], { reason: string; count: number }>(
      `SELECT reason, COUNT(*) AS count
         FROM dead_letter
        WHERE ${sourceId === null ? "TRUE" : "source_id = ?"}
        GROUP BY reason
        ORDER BY count DESC, reason`,
    )
    .all(...(sourceId === null ? [] : [sourceId]));

/** One more than the limit, if there is. */
function foundRows(db: Connection, letters: readonly FoundLetter[], page: ListRequest): DeadLetterRow[] {
  const [firstAt = -1, id = 0] = page.after === null ? [] : decodeCursor(page.after, 2);
  const isAfter = (letter: FoundLetter): boolean =>
    letter.firstAt > firstAt || (letter.firstAt === firstAt && letter.id > id);
  const next = page.after === null ? 0 : letters.findIndex(isAfter);
  const start = next < 0 ? letters.length : next + (page.offset ?? 0);
  const ids = letters.slice(start, start + page.limit + 1).map((letter) => letter.id);
  return rowsOf(db, page, `SELECT value AS id FROM json_each(?)`, [JSON.stringify(ids)]);
}

function listedRows(db: Connection, { sql, parameters }: Condition, total: number, page: ListRequest): DeadLetterRow[] {
  const [firstAt = -1, id = 0] = page.after === null ? [] : decodeCursor(page.after, 2);
  const offset = page.offset ?? 0;
  // From the nearer end: of a million rows an index passes over half of them at most.
  const fromEnd = offset > total / 2;
  const limit = fromEnd ? Math.max(0, Math.min(page.limit, total - offset)) : page.limit + 1;
  const order = fromEnd ? "DESC" : "ASC";
  const shown = `SELECT dead_letter.id
                 FROM dead_letter
                WHERE ${sql}
                  AND (first_at, dead_letter.id) > (?, ?)
                ORDER BY first_at ${order}, dead_letter.id ${order}
                LIMIT ? OFFSET ?`;
  const passed = fromEnd ? Math.max(0, total - offset - page.limit) : offset;
  return rowsOf(db, page, shown, [...parameters, firstAt, id, limit, passed]);
}

/** `shown` selects their ids. */
function rowsOf(
  db: Connection,
  { rawBytes }: ListRequest,
  shown: string,
  parameters: readonly Parameter[],
): DeadLetterRow[] {
  return db
    .prepare<Parameter[], DeadLetterRow>(
      `SELECT ${letterColumns(rawBytes === undefined ? "raw" : "substr(raw, 1, ?)")}
         FROM (${shown}) AS shown
         JOIN dead_letter ON dead_letter.id = shown.id
         JOIN source ON source.id = source_id
        ORDER BY first_at, dead_letter.id`,
    )
    .all(...(rawBytes === undefined ? [] : [rawBytes]), ...parameters);
}
