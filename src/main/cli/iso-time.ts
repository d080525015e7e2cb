/** Times as ISO 8601 in UTC, with as many decimals as the source wrote. */
import type { Timestamp } from "../../shared/model/record.ts";
import { MICROS_PER_SECOND, type Micros } from "../../shared/units.ts";

export function isoTime({ micros, nanos, digits }: Timestamp): string {
  const seconds = Math.floor(micros / MICROS_PER_SECOND);
  const date = new Date(seconds * 1_000).toISOString().slice(0, 19);
  const fraction = `${String(micros - seconds * MICROS_PER_SECOND).padStart(6, "0")}${String(nanos).padStart(3, "0")}`;
  return digits === 0 ? `${date}Z` : `${date}.${fraction.slice(0, digits)}Z`;
}

/** A moment whose source is not at hand: milliseconds, or microseconds where they say something. */
export const isoMicros = (time: Micros | number): string =>
  isoTime({ micros: time as Micros, nanos: 0, digits: time % 1_000 === 0 ? 3 : 6 });

export const isoMicrosOrNull = (time: number | null): string | null => (time === null ? null : isoMicros(time));
