/**
 * Holds back the beginning of a source whose lines open with dates of numbers only, until it has told in which order
 * these stand. Other sources go through untouched.
 */
import { MICROS_PER_SECOND } from "../../../../shared/units.ts";
import type { ParseOptions, Parser, Position, RecordSink, TimePlace } from "../format.ts";
import { type DateOrder, dateOrderOf, openingDates, opensWithDate } from "./date-order.ts";

/** Whether such dates are there at all is told by so many bytes, and their order by so many. */
const LOOKED_AT = 4 * 1_024;
const MOST_HELD = 256 * 1_024;
const START: Position = { offset: 0, line: 0 };

export class OrderedDates implements Parser {
  readonly #options: ParseOptions;
  readonly #sink: RecordSink;
  readonly #parserFor: (order: DateOrder) => Parser;
  #held: Buffer = Buffer.alloc(0);
  #inner: Parser | null = null;
  #order: DateOrder = "usual";

  constructor(options: ParseOptions, sink: RecordSink, parserFor: (order: DateOrder) => Parser) {
    this.#options = options;
    this.#sink = sink;
    this.#parserFor = parserFor;
    // A source in another order is not cut into stretches.
    if (options.from !== undefined) this.#inner = parserFor("usual");
  }

  push(chunk: Uint8Array): void {
    if (this.#inner !== null) return this.#inner.push(chunk);
    const bytes = Buffer.from(chunk.buffer, chunk.byteOffset, chunk.byteLength);
    const known = this.#held.byteLength === 0 ? bytes : Buffer.concat([this.#held, bytes]);
    if (known.byteLength < LOOKED_AT || (known.byteLength < MOST_HELD && opensWithDate(textOf(known, LOOKED_AT))))
      this.#held = known === bytes ? Buffer.from(bytes) : known;
    else this.#begin(known).push(known);
  }

  end(): void {
    const held = this.#held;
    if (this.#inner === null) this.#begin(held).push(held);
    this.#inner?.end();
  }

  get pending(): Position | null {
    return this.#inner === null ? START : (this.#inner.pending ?? null);
  }

  get timePlace(): TimePlace | null {
    return this.#order === "usual" ? (this.#inner?.timePlace ?? null) : null;
  }

  #begin(bytes: Buffer): Parser {
    this.#held = Buffer.alloc(0);
    if (opensWithDate(textOf(bytes, LOOKED_AT))) this.#decide(textOf(bytes, MOST_HELD));
    this.#inner = this.#parserFor(this.#order);
    return this.#inner;
  }

  #decide(text: string): void {
    const { now, isModified } = this.#options;
    const { order, isGuess } = dateOrderOf(openingDates(text), isModified === true ? now / MICROS_PER_SECOND : null);
    this.#order = order;
    const how = `${order === "day-first" ? "the day" : "the month"} first`;
    if (isGuess)
      this.#sink.warn(
        "date-order",
        `Nothing in the beginning of the source tells in which order its dates are written; they are read ${order === "usual" ? "as is usual: the month before the day" : `with ${how}`}.`,
      );
    else if (order !== "usual")
      this.#sink.warn("date-order", `Dates are read with ${how}: in another order they would not fit each other.`);
  }
}

/** Dates are ASCII, and a date that the end cuts off does not count. */
const textOf = (bytes: Buffer, most: number): string => bytes.toString("latin1", 0, Math.min(bytes.byteLength, most));
