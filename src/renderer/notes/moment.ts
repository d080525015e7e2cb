/** The time of a note as a person writes it: date and clock in the shown zone, a clock of a known day, or ISO 8601. */
import { civil, formatClock, formatDate, fromCivil, neededDigits } from "../../shared/text/time.ts";

const MOMENT =
  /^(?:(\d{4})-(\d{1,2})-(\d{1,2})[T\s]+)?(\d{1,2}):(\d{2})(?::(\d{2})(?:[.,](\d{1,6})\d*)?)?\s*(Z|UTC|[+-]\d{2}:?\d{2})?$/iu;

const MICROS_PER_MINUTE = 60_000_000;

/** "2026-06-20 14:03:11.207": all that the time has, without its zone. */
export const momentText = (time: number, zone: string): string =>
  `${formatDate(time, zone)} ${formatClock(time, zone, neededDigits(time))}`;

/**
 * @param day a moment of the day that a clock without a date belongs to.
 * @returns null for what is no time.
 */
export function readMoment(text: string, zone: string, day: number): number | null {
  const found = MOMENT.exec(text.trim());
  if (found === null) return null;
  const [, year, month, date, hour, minute, second = "0", fraction = "", offset] = found;
  const today = civil(day, offset === undefined ? zone : "UTC");
  const parts = {
    year: Number(year ?? today.year),
    month: Number(month ?? today.month),
    day: Number(date ?? today.day),
    hour: Number(hour),
    minute: Number(minute),
    second: Number(second),
    micros: Number(fraction.padEnd(6, "0")),
  };
  if (parts.hour > 23 || parts.minute > 59 || parts.second > 59 || !isDate(parts)) return null;
  if (offset === undefined) return fromCivil(parts, zone);
  return fromCivil(parts, "UTC") - offsetMinutesOf(offset) * MICROS_PER_MINUTE;
}

function isDate({
  year,
  month,
  day,
}: {
  readonly year: number;
  readonly month: number;
  readonly day: number;
}): boolean {
  const date = new Date(Date.UTC(year, month - 1, day));
  return date.getUTCMonth() === month - 1 && date.getUTCDate() === day;
}

function offsetMinutesOf(offset: string): number {
  const found = /^([+-])(\d{2}):?(\d{2})$/u.exec(offset);
  if (found === null) return 0;
  const size = Number(found[2]) * 60 + Number(found[3]);
  return found[1] === "-" ? -size : size;
}
