/**
 * Which values the fields of two samples of records have. Bounded, whatever a source writes: what has too many values
 * to be an attribute (ids, times, texts) is left out, and two fields that say the same of the same records are one.
 */
import type { FieldValue, Fields } from "../../../shared/model/record.ts";

export interface FieldValues {
  readonly key: string;
  readonly value: string;
  /** Records of either sample that have it. */
  readonly a: number;
  readonly b: number;
  /** Of both samples together; the same for values that just the same records have. */
  readonly mark: number;
}

/** Longer values are texts. */
const LONGEST_VALUE = 80;
const MOST_KEYS = 400;
const MOST_VALUES = 2_000;
/** A field with this many values, and about one for each record, tells records apart and does not group them. */
const MANY_VALUES = 32;
const ID_SHARE = 0.5;

interface Tally {
  readonly side: [a: number, b: number];
  mark: number;
}

export class FieldTally {
  readonly #keys = new Map<string, Map<string, Tally>>();
  readonly #seen = new Map<string, number>();
  #records = 0;

  /** `side` is 0 for the first sample, 1 for the second. */
  add(side: 0 | 1, fields: Fields, message: string): void {
    const bits = scrambled(this.#records);
    this.#records += 1;
    const done = new Set<string>();
    for (const [key, value] of fields) {
      const text = textOf(value);
      if (text === null || text === message || done.has(key)) continue;
      done.add(key);
      this.#count(key, text, side, bits);
    }
  }

  /** Without those that only few records of both have, for which `least` is the smallest number. */
  values(least: number): FieldValues[] {
    return [...this.#keys].flatMap(([key, values]) => {
      if (values.size > MANY_VALUES && values.size > ID_SHARE * (this.#seen.get(key) ?? 0)) return [];
      return [...values].flatMap(
        ([
          value,
          {
            side: [a, b],
            mark,
          },
        ]) => (a + b < least ? [] : [{ key, value, a, b, mark }]),
      );
    });
  }

  #count(key: string, text: string, side: 0 | 1, bits: number): void {
    let values = this.#keys.get(key);
    if (values === undefined) {
      if (this.#keys.size >= MOST_KEYS) return;
      this.#keys.set(key, (values = new Map()));
    }
    this.#seen.set(key, (this.#seen.get(key) ?? 0) + 1);
    let tally = values.get(text);
    if (tally === undefined) {
      if (values.size >= MOST_VALUES) return;
      values.set(text, (tally = { side: [0, 0], mark: 0 }));
    }
    tally.side[side] += 1;
    tally.mark += bits;
  }
}

/** Ids of traces, spans and requests: that a trace lies in one window says nothing. A commit is longer, or shorter. */
const ID = /^(?:[\da-f]{16}|[\da-f]{24}|[\da-f]{32}|[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12})$/iu;

function textOf(value: FieldValue): string | null {
  if (value === null || (typeof value === "number" && !Number.isInteger(value))) return null;
  const text = String(value);
  return text === "" || text.length > LONGEST_VALUE || text.includes("\n") || ID.test(text) ? null : text;
}

/** Whole numbers below 2^40 whose sums differ for different sets of records: steps of the golden ratio. */
const scrambled = (record: number): number => Math.floor((((record + 1) * 0.618_033_988_749_895) % 1) * 2 ** 40);
