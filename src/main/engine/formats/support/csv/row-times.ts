/** Times of rows: neighbouring rows of metrics carry the same one, so the last is remembered. */
import type { Timestamp } from "../../../../../shared/model/record.ts";
import type { ParseOptions, RecordSink } from "../../format.ts";
import { TimeReader } from "../time/reader.ts";
import { dateOrderOfCells } from "../time/source-dates.ts";

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

  /** Learns from some times of a file in which order the others write their dates; gives back whether it is not the usual one. */
  learn(texts: readonly string[], sink: RecordSink): boolean {
    const order = dateOrderOfCells(texts, this.#options, sink);
    if (order === "usual") return false;
    this.#times = new TimeReader(this.#options, order);
    this.#lastText = "";
    return true;
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
