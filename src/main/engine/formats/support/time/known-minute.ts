/**
 * The minute of the time that was read last, for the next line's time mostly lies in it and is written alike: then only its
 * seconds are read. A line goes on behind its time, so that its zone is read again and has to be the same.
 */
import { isPlausibleTime, micros, MICROS_PER_SECOND } from "../../../../../shared/units.ts";
import type { Timestamp } from "../../../../../shared/model/record.ts";
import type { Clock } from "./clock.ts";
import type { Zone } from "./zone.ts";

export class KnownMinute {
  /** The time up to its seconds: "2026-06-09 12:13:". */
  #written = "";
  /** Of its first microsecond. */
  #micros = 0;
  #zoned = false;
  #offsetMinutes = 0;
  #zone: Zone | null = null;

  /** `text` from `from` to the seconds that `clock` read is what is known again. */
  keep(text: string, from: number, time: Timestamp, clock: Clock, zoned: boolean): void {
    const { secondsAt, seconds, nanos } = clock;
    if (secondsAt === 0) return;
    this.#written = text.slice(from, secondsAt);
    this.#micros = time.micros - (seconds % 60) * MICROS_PER_SECOND - Math.floor(nanos / 1_000);
    this.#zoned = zoned;
    this.#offsetMinutes = clock.offsetMinutes;
    this.#zone = clock.zone;
  }

  /** Where the seconds of a time at `from` begin that is of this minute; 0 when it is not. */
  secondsAt(text: string, from: number): number {
    const written = this.#written;
    if (written.length === 0) return 0;
    for (let at = 0; at < written.length; at += 1) if (text.charCodeAt(from + at) !== written.charCodeAt(at)) return 0;
    return from + written.length;
  }

  /** The time whose seconds and zone `clock` read; null when its zone is another one. */
  time(clock: Clock, zoned: boolean): Timestamp | null {
    if (zoned !== this.#zoned || clock.offsetMinutes !== this.#offsetMinutes || clock.zone !== this.#zone) return null;
    const { seconds, nanos, digits } = clock;
    const value = this.#micros + seconds * MICROS_PER_SECOND + Math.floor(nanos / 1_000);
    return isPlausibleTime(value) ? { micros: micros(value), nanos: nanos % 1_000, digits } : null;
  }
}
