/** Turns a day and a clock into a moment: with the zone that is stated, or the one that the source is read with. */
import type { Timestamp } from "../../../../../shared/model/record.ts";
import { isPlausibleTime, micros, MICROS_PER_SECOND } from "../../../../../shared/units.ts";
import type { ParseOptions } from "../../format.ts";
import { daysFromCivil, isDate } from "./civil.ts";
import type { Clock } from "./clock.ts";
import { zoneOf, type Zone } from "./zone.ts";

const SECONDS_PER_DAY = 86_400;
/** Years beyond these are out of range in every zone, and would not fit into exact integers. */
const FIRST_YEAR = 1969;
const LAST_YEAR = 2200;
/** 29 February may be eight years away (1896–1904, 2096–2104). */
const YEARS_BACK = 9;
/** A clock in a zone ahead of the assumed one, or one that is fast, writes times that seem to lie after `now`. */
const DAY_AHEAD = SECONDS_PER_DAY * MICROS_PER_SECOND;

/** A clock without a day. */
export interface TimeOfDay {
  /** Since midnight. */
  readonly seconds: number;
  /** Below the second. */
  readonly nanos: number;
  /** Decimals of the second that are written. */
  readonly digits: number;
}

export class WallClock {
  readonly #zone: Zone;
  readonly #latest: number;
  readonly #thisYear: number;

  constructor(options: ParseOptions) {
    this.#zone = zoneOf(options.zone);
    this.#latest = options.now + DAY_AHEAD;
    this.#thisYear = new Date(options.now / 1_000).getUTCFullYear();
  }

  /** Null when no store could hold it. The day must be one. */
  at(year: number, month: number, day: number, clock: Clock, zoned: boolean): Timestamp | null {
    if (year < FIRST_YEAR || year > LAST_YEAR) return null;
    const days = daysFromCivil(year, month, day);
    if (!zoned) return this.onDay(days, clock);
    const wall = days * SECONDS_PER_DAY + clock.seconds;
    const offset = clock.zone === null ? clock.offsetMinutes * 60 : clock.zone.offset(wall * 1_000) / 1_000;
    return timeOf(wall - offset, clock);
  }

  /** In the zone of the source; `day` counts from 1970. */
  onDay(day: number, clock: TimeOfDay): Timestamp | null {
    const wall = day * SECONDS_PER_DAY + clock.seconds;
    return timeOf(wall - this.#zone.offset(wall * 1_000) / 1_000, clock);
  }

  /** The day, counted from 1970, and the second of it that a moment falls on in the zone of the source. */
  dayOf({ micros: at }: Timestamp): { readonly day: number; readonly seconds: number } {
    const utc = Math.floor(at / MICROS_PER_SECOND);
    // The offset of the wall clock is not known before the wall clock is; twice is enough but for the hour of a change.
    const near = utc + this.#zone.offset(utc * 1_000) / 1_000;
    const wall = utc + this.#zone.offset(near * 1_000) / 1_000;
    const day = Math.floor(wall / SECONDS_PER_DAY);
    return { day, seconds: wall - day * SECONDS_PER_DAY };
  }

  /** A time without a year is the last such one that is not after `now`, give or take a day. */
  beforeNow(month: number, day: number, clock: Clock, zoned: boolean): Timestamp | null {
    for (let year = this.#thisYear + 1; year >= this.#thisYear - YEARS_BACK; year -= 1) {
      if (!isDate(year, month, day)) continue;
      const time = this.at(year, month, day, clock, zoned);
      if (time !== null && time.micros <= this.#latest) return time;
    }
    return null;
  }
}

/** `utc` in seconds. */
function timeOf(utc: number, { nanos, digits }: TimeOfDay): Timestamp | null {
  const value = utc * MICROS_PER_SECOND + Math.floor(nanos / 1_000);
  return isPlausibleTime(value) ? { micros: micros(value), nanos: nanos % 1_000, digits } : null;
}
