/** Times of rows: neighbouring rows of metrics carry the same one, so the last is remembered. */
import type { Timestamp } from "../../../../shared/model/record.ts";
import type { ParseOptions } from "../format.ts";
import { TimeReader } from "./time.ts";

export class RowTimes {
  /** A time was there but cannot be stored. */
  outOfRange = false;
  readonly #times: TimeReader;
  #lastText = "";
  #last: Timestamp | null | undefined = undefined;

  constructor(options: ParseOptions) {
    this.#times = new TimeReader(options);
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
