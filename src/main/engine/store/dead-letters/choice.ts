// Which letters a choice names, as SQL.
import { FailureError } from "../../../../shared/failure.ts";
import type { DeadLetterChoice } from "../../../../shared/model/dead-letter.ts";
import type { Connection } from "../sqlite.ts";

export type Parameter = string | number;

export interface Condition {
  /** Of columns of dead_letter. */
  readonly sql: string;
  readonly parameters: readonly Parameter[];
}

const HAS_WORD = "instr(lower(dead_letter.reason || ' ' || dead_letter.message), ?)";
/** Each is a condition, of which SQLite takes a thousand at most. */
const MOST_WORDS = 100;

/** Each once. To leave some of many out would choose letters that were not meant. */
function wordsOf(text = ""): readonly string[] {
  const words = new Set(text.toLowerCase().split(/\s+/u));
  words.delete("");
  if (words.size > MOST_WORDS) {
    throw new FailureError("too-many-words", `A search for dead letters takes ${MOST_WORDS} words at most; use fewer.`);
  }
  return [...words];
}
export const hasWords = (text: string | undefined): boolean => wordsOf(text).length > 0;

export function conditionOf(choice: DeadLetterChoice): Condition {
  if (choice.which === "ids") {
    return { sql: "dead_letter.id IN (SELECT value FROM json_each(?))", parameters: [JSON.stringify(choice.ids)] };
  }
  const sql: string[] = [];
  const parameters: Parameter[] = [];
  if (choice.sourceId !== null) {
    sql.push("dead_letter.source_id = ?");
    parameters.push(choice.sourceId);
  }
  if (choice.which === "group") {
    sql.push("dead_letter.reason = ?");
    parameters.push(choice.reason);
  }
  for (const word of wordsOf(choice.text)) {
    sql.push(HAS_WORD);
    parameters.push(word);
  }
  return { sql: sql.length === 0 ? "TRUE" : sql.join(" AND "), parameters };
}

/** The accounting of a source that is being read belongs to its import. */
export const OF_QUIET_SOURCES = `dead_letter.source_id NOT IN (
  SELECT id
    FROM source
   WHERE state IN ('waiting', 'reading', 'paused'))`;

export interface ChoiceSize {
  readonly letters: number;
  /** Of these, those whose source is not being read. */
  readonly quiet: number;
  /** Letters that come later are not meant. */
  readonly lastId: number;
}

export function sizeOf(db: Connection, choice: DeadLetterChoice): ChoiceSize {
  const { sql, parameters } = conditionOf(choice);
  const size = db
    .prepare<Parameter[], ChoiceSize>(
      `SELECT COUNT(*) AS letters, COUNT(*) FILTER (WHERE ${OF_QUIET_SOURCES}) AS quiet, COALESCE(MAX(id), 0) AS lastId
         FROM dead_letter
        WHERE ${sql}`,
    )
    .get(...parameters);
  return size ?? { letters: 0, quiet: 0, lastId: 0 };
}
