/**
 * The letters that hold words, found a slice of the case at a time: whoever types goes on typing, and an answer of the
 * first slices is there before a million letters were looked through. What was found is kept for the pages that follow.
 */
import type { DeadLetterChoice } from "../../../../shared/model/dead-letter.ts";
import type { Connection } from "../sqlite.ts";
import { conditionOf, type Parameter } from "./choice.ts";

export interface SearchPace {
  /** True once an early answer is worth more than a whole one; without it, all is searched. */
  readonly isLate?: (() => boolean) | undefined;
  /** Throws when nobody waits any more. */
  readonly check?: (() => void) | undefined;
}

export interface FoundLetter {
  readonly id: number;
  readonly firstAt: number;
}

export interface FoundLetters {
  /** In the order of the list. */
  readonly letters: readonly FoundLetter[];
  /** Share of the case that was looked through, 0–1. */
  readonly searched: number;
}

/** Some ten milliseconds of looking. */
const SLICE_IDS = 4_096;

export class LetterSearch {
  readonly #db: Connection;
  /** What is looked for. */
  #key = "";
  /** Of the case when the search began. */
  #version = "";
  #letters: FoundLetter[] = [];
  #first = 0;
  #next = 0;
  #last = -1;

  constructor(db: Connection) {
    this.#db = db;
  }

  /** Goes on with the search for this choice; one for another choice is given up. */
  find(choice: DeadLetterChoice, { isLate, check }: SearchPace): FoundLetters {
    this.#prepare(choice);
    const { sql, parameters } = conditionOf(choice);
    const slice = this.#db.prepare<Parameter[], FoundLetter>(
      `SELECT dead_letter.id, first_at AS firstAt
         FROM dead_letter NOT INDEXED
        WHERE dead_letter.id >= ?
          AND dead_letter.id < ?
          AND ${sql}
        ORDER BY dead_letter.id`,
    );
    while (this.#next <= this.#last) {
      check?.();
      for (const letter of slice.iterate(this.#next, this.#next + SLICE_IDS, ...parameters)) this.#letters.push(letter);
      this.#next += SLICE_IDS;
      if (isLate?.() === true) break;
    }
    this.#letters = inOrder(this.#letters);
    const all = this.#last - this.#first + 1;
    return { letters: this.#letters, searched: all <= 0 ? 1 : Math.min(1, (this.#next - this.#first) / all) };
  }

  #prepare(choice: DeadLetterChoice): void {
    const key = JSON.stringify(choice);
    const version = versionOf(this.#db);
    // A search that is under way goes on when the case changes: an import would never let it end.
    const isCurrent = version === this.#version || this.#next <= this.#last;
    if (key === this.#key && isCurrent) return;
    const { first, last } = this.#db
      .prepare<[], { first: number | null; last: number | null }>(
        `SELECT MIN(id) AS first, (SELECT MAX(id) FROM dead_letter) AS last
           FROM dead_letter`,
      )
      .get() ?? { first: null, last: null };
    this.#key = key;
    this.#version = version;
    this.#letters = [];
    this.#first = first ?? 0;
    this.#next = this.#first;
    this.#last = last ?? -1;
  }
}

/** Changes with every change of the case, by this connection or by another. */
function versionOf(db: Connection): string {
  const row = db
    .prepare<[], { own: number; others: number }>(
      `SELECT total_changes() AS own, data_version AS others
         FROM pragma_data_version`,
    )
    .get();
  return `${row?.own}:${row?.others}`;
}

/** Ids mostly come in the order of time; letters of an import bring theirs along. */
function inOrder(letters: FoundLetter[]): FoundLetter[] {
  for (let at = 1; at < letters.length; at += 1) {
    const before = letters[at - 1];
    const here = letters[at];
    if (before !== undefined && here !== undefined && byAge(before, here) > 0) return letters.toSorted(byAge);
  }
  return letters;
}

const byAge = (a: FoundLetter, b: FoundLetter): number => a.firstAt - b.firstAt || a.id - b.id;
