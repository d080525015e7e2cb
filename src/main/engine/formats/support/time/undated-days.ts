/**
 * The days of a source whose lines state a time of day and no day. The first day is taken from a header above them, from
 * the source's name, or else from when the source was last changed; which of them is said. A line that states its day tells where the clocks after it
 * are, and where a clock falls back, a midnight has passed.
 */
import type { Timestamp } from "../../../../../shared/model/record.ts";
import type { ParseOptions, RecordSink } from "../../format.ts";
import { civilFromDays, daysFromCivil, isDate } from "./civil.ts";
import { type TimeOfDay, WallClock } from "./wall-clock.ts";

const DAY_SECONDS = 86_400;
const HOUR_SECONDS = 3_600;
/** Lines of several threads are out of order by less, and clocks are set back by an hour in autumn. */
const LEAST_FALL = 2 * HOUR_SECONDS;
/** So far ahead right behind a midnight is a late line of the day before. */
const LEAST_LEAP = DAY_SECONDS - HOUR_SECONDS;

/** 2026-11-22, 2026_11_22, 20261122 or 20261122-101532, with nothing else of digits around it. */
const DATE = /(?<!\d)((?:19|20)\d\d)([-_.]?)(0[1-9]|1[0-2])\2(0[1-9]|[12]\d|3[01])(?=\D|$|\d{4}(?:\d\d)?(?!\d))/g;

/** The last day that a path names, counted from 1970; a file's own name outranks those of its folders. */
export function dayInName(path: string): number | null {
  const [, year, , month, day] = [...path.matchAll(DATE)].at(-1) ?? [];
  const date = [Number(year), Number(month), Number(day)] as const;
  return year !== undefined && isDate(...date) ? daysFromCivil(...date) : null;
}

const CORRECTION = " Where that is wrong, write the right one into the file's name.";

const isoDay = (day: number): string => {
  const { year, month, day: date } = civilFromDays(day);
  return `${year}-${String(month).padStart(2, "0")}-${String(date).padStart(2, "0")}`;
};

export class UndatedDays {
  readonly #options: ParseOptions;
  readonly #wall: WallClock;
  readonly #sink: RecordSink;
  /** A parser that starts in the middle of a source knows nothing of the lines before, and places none. */
  #state: "open" | "dated" | "undated";
  /** Counted from 1970. */
  #day: number | null = null;
  /** Of the last clock that counted. */
  #seconds = 0;
  /** A day beyond it is one too many; only where the source's last change gave the first one. */
  #lastDay = Number.POSITIVE_INFINITY;

  constructor(options: ParseOptions, sink: RecordSink) {
    this.#options = options;
    this.#wall = new WallClock(options);
    this.#sink = sink;
    this.#state = options.from === undefined ? "open" : "dated";
  }

  /** Whether what a line becomes depends on the lines before it. */
  get matters(): boolean {
    return this.#state === "undated";
  }

  /** Whether times that state their day are to be told, see {@link sawDated}. */
  get listens(): boolean {
    return this.#state !== "dated";
  }

  /** Takes note of a time in a header, which is of what follows it and decides nothing else. */
  heads(time: Timestamp | null): void {
    if (this.#state === "dated" || time === null) return;
    const { day, seconds } = this.#wall.dayOf(time);
    this.#day = day;
    this.#seconds = seconds;
    this.#lastDay = Number.POSITIVE_INFINITY;
  }

  /** Takes note of a time that states its day: the first one decides for the source, later ones say where its clocks are. */
  sawDated(time: Timestamp | null): void {
    if (this.#state === "open") this.#state = "dated";
    this.heads(time);
  }

  /** A time of day on its day; null where nothing tells that. */
  place(clock: TimeOfDay): Timestamp | null {
    if (this.#state === "dated") return null;
    if (this.#state === "open") this.#begin(clock);
    if (this.#day === null) return null;
    const ahead = clock.seconds - this.#seconds;
    if (ahead > LEAST_LEAP) return this.#wall.onDay(this.#day - 1, clock);
    if (ahead < -LEAST_FALL) {
      this.#day += 1;
      this.#seconds = clock.seconds;
      this.#sink.warn(
        "midnights",
        "The clock fell back; a midnight has passed there, and what follows is of the next day.",
      );
    }
    this.#seconds = Math.max(this.#seconds, clock.seconds);
    if (this.#day > this.#lastDay) {
      const message =
        "There are more midnights than the day of the last change allows for; what is beyond has no time. Write the first day into the file's name.";
      this.#sink.warn("too-many-midnights", message);
      return null;
    }
    return this.#wall.onDay(this.#day, clock);
  }

  #begin(clock: TimeOfDay): void {
    this.#state = "undated";
    if (this.#day !== null) return this.#say(this.#day, "from the header above them");
    this.#seconds = clock.seconds;
    const { name, now, isModified } = this.#options;
    const named = dayInName(name ?? "");
    if (named !== null) {
      this.#day = named;
      return this.#say(named, "from the name of the file");
    }
    if (isModified !== true) {
      const message =
        "The lines state a time of day and no day, and nothing else tells it: they are kept without a time. Write the day into the file's name (app-2026-01-31.log).";
      return this.#sink.warn("no-day", message);
    }
    // The last line was written at the last change: a first one with a later clock is of the day before.
    const changed = this.#wall.dayOf({ micros: now, nanos: 0, digits: 0 });
    this.#lastDay = changed.day;
    this.#day = clock.seconds > changed.seconds ? changed.day - 1 : changed.day;
    this.#say(this.#day, "from when the file was last changed", CORRECTION);
  }

  #say(day: number, from: string, advice = ""): void {
    const message = `The lines state a time of day and no day: the first one, ${isoDay(day)}, was taken ${from}.${advice}`;
    this.#sink.warn("assumed-day", message);
  }
}
