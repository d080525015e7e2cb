/**
 * The stretch of a JSON document that is given up: from where something stood that cannot be, to the next line that
 * begins like the innermost thing which began a line.
 */
import { CLASS, NEWLINE, OPEN, SPACE } from "./bytes.ts";
import { type LinePlace, UNFINISHED } from "./skipper.ts";

/** What may stand between values. */
export type Expect = "value" | "first-value" | "key" | "first-key" | "colon" | "comma";
const EXPECTED: Readonly<Record<Expect, string>> = {
  value: "a value",
  "first-value": 'a value or "]"',
  key: "a key",
  "first-key": 'a key or "}"',
  colon: '":"',
  comma: '"," or a closing bracket',
};

export function unexpected(byte: number, expect: Expect): string {
  const found = byte > 0x20 && byte < 0x7f ? `"${String.fromCharCode(byte)}"` : `byte 0x${byte.toString(16)}`;
  return `expected ${EXPECTED[expect]}, found ${found}`;
}

/** An open container, by where it and its latest element began; null when something stood before it on its line. */
export interface Opened {
  readonly column: number | null;
  readonly elementColumn: number | null;
}

export interface Resumption {
  /** How many of the open containers stay open. */
  readonly depth: number;
  /** Column at which a bracket that is the first on its line is where reading goes on. */
  readonly column: number;
}

/** Where to go on once something inside of these containers is lost; outside of all, at what begins in `column`. */
export function resumptionIn(opened: readonly Opened[], column: number | null): Resumption {
  let depth = opened.length;
  let resumed = depth === 0 ? column : (opened[depth - 1]?.elementColumn ?? null);
  while (resumed === null && depth > 0) resumed = opened[--depth]?.column ?? null;
  return { depth, column: resumed ?? 0 };
}

/** Looks for the end of a lost stretch, whatever the chunks. */
export class LostStretch {
  /** What stood where it cannot be. */
  readonly message: string;
  readonly #column: number;
  readonly #place: LinePlace;
  #firstOnLine: boolean;

  /** `firstOnLine`: nothing stands before it on its line. */
  constructor(message: string, column: number, place: LinePlace, firstOnLine: boolean) {
    this.message = message;
    this.#column = column;
    this.#place = place;
    this.#firstOnLine = firstOnLine;
  }

  /** The index of the bracket at which reading goes on. */
  end(chunk: Uint8Array, from: number, to: number): number {
    for (let at = from; at < to; at++) {
      const kind = CLASS[chunk[at] as number];
      if (kind === NEWLINE) {
        this.#place.endLine(at);
        this.#firstOnLine = true;
      } else if (this.#firstOnLine && kind !== SPACE) {
        if (kind === OPEN && this.#place.column(at) === this.#column) return at;
        this.#firstOnLine = false;
      }
    }
    return UNFINISHED;
  }
}
