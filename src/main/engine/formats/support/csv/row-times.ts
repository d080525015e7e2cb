/** Times of rows: neighbouring rows of metrics carry the same one, so the last is remembered. */
import type { Timestamp } from "../../../../../shared/model/record.ts";
import type { ParseOptions } from "../../format.ts";
import { TimeReader } from "../time/reader.ts";

export class RowTimes {
  /** A time was there but cannot be stored. */
  outOfRange = false;
  readonly #options: ParseOptions;
  #times: TimeReader;
  #lastText = "";
  #last: Timestamp | null | undefined = undefined;

  constructor(options: ParseOptions) {
    this.#options = options;
    this.#times = new TimeReader(options);
  }

  /** Learns from some times of a file how the others are to be read. */
  learn(texts: readonly string[]): void {
    if (!isDayFirst(texts)) return;
    this.#times = new TimeReader(this.#options, "day-first");
    this.#lastText = "";
  }

  /** Null when it is out of range, undefined when the text is no time. */
  read(text: string): Timestamp | null | undefined {
    if (text === this.#lastText && text.length > 0) return this.#last;
    const found = this.#times.whole(text) && this.#times.dated;
    this.#lastText = text;
    this.outOfRange = found && this.#times.outOfRange;
    this.#last = found ? this.#times.time : undefined;
    return this.#last;
  }
}

const SLASHED_DATE = /^(\d{1,2})\/(\d{1,2})\/\d{4}(?!\d)/;

/** Whether 22/11/2026 stands among times, and 11/22/2026 does not: then 03/11/2026 is in November. */
function isDayFirst(texts: readonly string[]): boolean {
  const dates = texts.flatMap((text) => {
    const [, first, second] = SLASHED_DATE.exec(text) ?? [];
    return second === undefined ? [] : [[Number(first), Number(second)] as const];
  });
  return dates.some(([first]) => first > 12) && !dates.some(([, second]) => second > 12);
}

/** Whether a time alone proves it. */
export const provesDayFirst = (text: string): boolean => isDayFirst([text]);
