// Letters with their whole text, page after page, oldest first, for whoever reads them again or carries them elsewhere.
import type { DeadLetter, DeadLetterChoice, Surroundings } from "../../../../shared/model/dead-letter.ts";

import { micros, MICROS_PER_SECOND, type Micros } from "../../../../shared/units.ts";
import type { CaseReader } from "../protocol.ts";
import { readSource } from "../sources.ts";
import type { Connection } from "../sqlite.ts";
import { conditionOf, OF_QUIET_SOURCES, type Parameter } from "./choice.ts";
import { aroundOf, letterColumns, letterOf, type DeadLetterRow } from "./rows.ts";

/** A longer letter is none that one transaction should hold. */
const WHOLE_LIMIT = 256 * 1024 * 1024;
/** Text of one page, unless a single letter has more. */
const PAGE_BYTES = 8 * 1024 * 1024;
/** What formats look at to know what a unit stood under: the header of a table. */
const HEAD_BYTES = 65_536;
const DAY = 86_400 * MICROS_PER_SECOND;

export interface WholeLetter {
  readonly letter: DeadLetter;
  /** Changes with every attempt and edit. */
  readonly version: number;
  readonly edited: Uint8Array | null;
  /** All of the original bytes; null when the case does not hold them, or they are too many. */
  readonly text: Uint8Array | null;
  /** Where the stored text of the source holds the original bytes; null when it does not. */
  readonly place: number | null;
  /** Null where nothing stood around it that its format needs, or none of it was kept. */
  readonly around: Surroundings | null;
}

/** What reading a letter of a source again needs to know of it. */
export interface LetterSource {
  readonly id: number;
  readonly format: string | null;
  readonly zone: string;
  /** Times without a year lie before it. */
  readonly now: Micros;
  readonly head: Uint8Array;
  readonly textEnd: number;
}

export interface LetterPageRequest {
  readonly choice: DeadLetterChoice;
  /** First time and id of the last letter before. */
  readonly after: readonly [firstAt: number, id: number] | null;
  /** Letters that came later are not meant. */
  readonly lastId: number;
  readonly limit: number;
  /** Leaves letters out whose source is being read. */
  readonly quietOnly: boolean;
}

export interface LetterPage {
  readonly letters: readonly WholeLetter[];
  readonly sources: readonly LetterSource[];
  readonly next: readonly [firstAt: number, id: number] | null;
}

interface WholeRow extends DeadLetterRow {
  version: number;
  edited: Uint8Array | null;
  raw_at: number | null;
  around: string | null;
}

export function letterPage(db: Connection, reader: Pick<CaseReader, "raw">, request: LetterPageRequest): LetterPage {
  const { choice, after, lastId, limit, quietOnly } = request;
  const { sql, parameters } = conditionOf(choice);
  const rows = db
    .prepare<Parameter[], WholeRow>(
      `SELECT ${letterColumns()}, attempts + edits AS version, edited, raw_at, around
         FROM dead_letter
         JOIN source ON source.id = source_id
        WHERE ${sql}
          AND ${quietOnly ? OF_QUIET_SOURCES : "TRUE"}
          AND (first_at, dead_letter.id) > (?, ?)
          AND dead_letter.id <= ?
        ORDER BY first_at, dead_letter.id
        LIMIT ?`,
    )
    .iterate(...parameters, ...(after ?? [-1, 0]), lastId, limit + 1);
  const letters: WholeLetter[] = [];
  let bytes = 0;
  let isMore = false;
  for (const row of rows) {
    isMore = letters.length === limit || bytes >= PAGE_BYTES;
    if (isMore) break;
    const whole = wholeLetter(reader, row);
    bytes += (whole.text?.byteLength ?? 0) + (whole.edited?.byteLength ?? 0);
    letters.push(whole);
  }
  const last = letters.at(-1)?.letter;
  return {
    letters,
    sources: [...new Set(letters.map(({ letter }) => letter.sourceId))].flatMap(
      (id) => letterSource(db, reader, id) ?? [],
    ),
    next: isMore && last !== undefined ? [last.firstAt, last.id] : null,
  };
}

function wholeLetter(reader: Pick<CaseReader, "raw">, row: WholeRow): WholeLetter {
  const letter = letterOf(row);
  const { raw, length } = letter;
  const at = row.raw_at ?? letter.offset;
  const edited = row.edited === null ? null : new Uint8Array(row.edited);
  const tooLong = length > WHOLE_LIMIT;
  const stored = reader.raw(letter.sourceId, at, tooLong ? raw.byteLength : length);
  const isStored =
    stored.byteLength >= Math.min(length, raw.byteLength) &&
    Buffer.compare(stored.subarray(0, raw.byteLength), raw) === 0;
  const text = tooLong
    ? null
    : isStored && stored.byteLength === length
      ? stored
      : raw.byteLength === length
        ? raw
        : null;
  const place = isStored && text !== null ? at : null;
  return { letter, version: row.version, edited, text, place, around: aroundOf(row.around) ?? null };
}

function letterSource(db: Connection, reader: Pick<CaseReader, "raw">, id: number): LetterSource | null {
  const source = readSource(db, id);
  if (source === null) return null;
  const end = db
    .prepare<[number], { end: number }>(
      `SELECT byte_offset + byte_length AS end
         FROM raw_block
        WHERE source_id = ?
        ORDER BY byte_offset DESC
        LIMIT 1`,
    )
    .get(id);
  const { added_at } = db
    .prepare<[number], { added_at: number }>(`SELECT added_at FROM source WHERE id = ?`)
    .get(id) ?? {
    added_at: 0,
  };
  return {
    id,
    format: source.format,
    zone: source.zone,
    // What was read so far is all that tells when the source was written.
    now: micros(source.to === null ? added_at : source.to + DAY),
    head: reader.raw(id, 0, HEAD_BYTES),
    textEnd: end?.end ?? 0,
  };
}
