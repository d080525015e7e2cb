/** Moments written in a zone. Times are whole microseconds since the epoch; the zone is always said beside them. */
import { offsetLabel, offsetMinutes } from "./zone.ts";

export interface Civil {
  readonly year: number;
  /** 1–12 */
  readonly month: number;
  readonly day: number;
  readonly hour: number;
  readonly minute: number;
  readonly second: number;
  /** 0–999,999 */
  readonly micros: number;
  readonly offset: number;
}

/** Calendar and clock of a moment in a zone. */
export function civil(micros: number, zone: string): Civil {
  const ms = Math.floor(micros / 1000);
  const offset = offsetMinutes(ms, zone);
  const seconds = Math.floor(micros / 1_000_000);
  const shifted = new Date((seconds + offset * 60) * 1000);
  return {
    year: shifted.getUTCFullYear(),
    month: shifted.getUTCMonth() + 1,
    day: shifted.getUTCDate(),
    hour: shifted.getUTCHours(),
    minute: shifted.getUTCMinutes(),
    second: shifted.getUTCSeconds(),
    micros: micros - seconds * 1_000_000,
    offset,
  };
}

const two = (value: number): string => (value < 10 ? `0${value}` : String(value));
const MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"] as const;

/** The fraction of a second with as many decimals as asked for, 0–9; `nanos` are those below the microsecond. */
function fraction(micros: number, nanos: number, digits: number): string {
  if (digits <= 0) return "";
  const all = String(micros).padStart(6, "0") + String(nanos).padStart(3, "0");
  return `.${all.slice(0, digits)}`;
}

/** 14:03:11.207 */
export function formatClock(micros: number, zone: string, digits = 3, nanos = 0): string {
  const { hour, minute, second, micros: rest } = civil(micros, zone);
  return `${two(hour)}:${two(minute)}:${two(second)}${fraction(rest, nanos, digits)}`;
}

/** 2026-06-20 */
export function formatDate(micros: number, zone: string): string {
  const { year, month, day } = civil(micros, zone);
  return `${year}-${two(month)}-${two(day)}`;
}

/** 20 Jun */
export function formatShortDate(micros: number, zone: string): string {
  const { month, day } = civil(micros, zone);
  return `${day} ${MONTHS[month - 1] ?? ""}`;
}

/** 2026-06-20 14:03:11.207 UTC+2 */
export function formatMoment(micros: number, zone: string, digits = 3, nanos = 0): string {
  const clock = formatClock(micros, zone, digits, nanos);
  return `${formatDate(micros, zone)} ${clock} ${offsetLabel(civil(micros, zone).offset)}`;
}

/** Decimals of the second that are not zero, in threes: how precisely a time must be written to lose nothing. */
export function neededDigits(micros: number): number {
  const rest = ((micros % 1_000_000) + 1_000_000) % 1_000_000;
  return rest === 0 ? 0 : rest % 1000 === 0 ? 3 : 6;
}

const YEARS = 2 * 365 * 24 * 3_600_000_000;

/** 14:02:10–14:31:40, with dates where the ends lie on different days, and days alone where they lie years apart. */
export function formatRange(from: number, to: number, zone: string): string {
  if (to - from > YEARS) return `${formatDate(from, zone)} – ${formatDate(to, zone)}`;
  const digits = to - from < 10_000_000 ? 3 : 0;
  const start = formatClock(from, zone, digits);
  const end = formatClock(to, zone, digits);
  if (formatDate(from, zone) === formatDate(to, zone)) return `${formatShortDate(from, zone)}, ${start}–${end}`;
  return `${formatShortDate(from, zone)}, ${start} – ${formatShortDate(to, zone)}, ${end}`;
}

/** Moment of a calendar and clock in a zone; a clock that a change of offset skips goes to the moment of the change. */
export function fromCivil(parts: Omit<Civil, "offset">, zone: string): number {
  const utcMs = Date.UTC(parts.year, parts.month - 1, parts.day, parts.hour, parts.minute, parts.second);
  let offset = offsetMinutes(utcMs, zone);
  // The offset at the guess may differ from the one at the moment itself: once more is enough.
  offset = offsetMinutes(utcMs - offset * 60_000, zone);
  return (utcMs - offset * 60_000) * 1000 + parts.micros;
}
