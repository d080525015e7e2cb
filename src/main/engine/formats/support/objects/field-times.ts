/** Times and durations of JSON fields; those that cannot be used are told once a source, with the first example. */
import type { Timestamp } from "../../../../../shared/model/record.ts";
import { type DurationMicros, durationMicros, LONGEST_DURATION } from "../../../../../shared/units.ts";
import type { ParseOptions, RecordSink } from "../../format.ts";
import { firstOf, type JsonObject } from "../json/value.ts";
import { TimeReader } from "../time/reader.ts";

export class FieldTimes {
  readonly #reader: TimeReader;
  readonly #sink: RecordSink;

  constructor(options: ParseOptions, sink: RecordSink) {
    this.#reader = new TimeReader(options);
    this.#sink = sink;
  }

  /** A time as text or as a number whose magnitude tells its unit. Null when there is none or it cannot be used. */
  of(value: unknown): Timestamp | null {
    if (
      typeof value === "number" ? this.#reader.number(value) : typeof value === "string" && this.#reader.whole(value)
    ) {
      if (this.#reader.time === null) this.warnTime(value);
      return this.#reader.time;
    }
    if (value !== null && value !== undefined && value !== "") this.warnTime(value);
    return null;
  }

  first(object: JsonObject, keys: readonly string[]): Timestamp | null {
    return this.of(firstOf(object, keys));
  }

  warnTime(value: unknown): void {
    const shown = String(value).slice(0, 60);
    this.#sink.warn("bad-time", `"${shown}" is no time between 1970 and 2200; such records are kept without a time.`);
  }

  /** A duration in microseconds; one that cannot be is told and left out. */
  duration(microseconds: number | undefined): DurationMicros | undefined {
    if (microseconds === undefined || Number.isNaN(microseconds)) return undefined;
    if (microseconds >= 0 && microseconds <= LONGEST_DURATION) return durationMicros(microseconds);
    this.#sink.warn("bad-duration", "A duration is below zero or over 50 years; such records are kept without one.");
    return undefined;
  }

  between(from: Timestamp | null, to: Timestamp | null): DurationMicros | undefined {
    if (from === null || to === null) return undefined;
    return this.duration(to.micros - from.micros + (to.nanos - from.nanos) / 1000);
  }
}
