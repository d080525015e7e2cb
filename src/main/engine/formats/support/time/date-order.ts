/**
 * Whether 03/11/2026 is in March or in November, and what 20/11/26 is at all: told by all dates that the beginning of a
 * file has, since one of them rarely tells it.
 */
import { civilFromDays, daysFromCivil, isDate } from "./civil.ts";

/** "usual": year/month/day of two digits each, and month/day before a year of four. */
export type DateOrder = "usual" | "day-first" | "month-first";

/** Numbers of a date as they are written, and whether the last one is a year of four digits. */
export interface NumericDate {
  readonly numbers: readonly [number, number, number];
  readonly hasLongYear: boolean;
}

export interface FoundOrder {
  readonly order: DateOrder;
  /** Nothing told it from another one that gives other days. */
  readonly isGuess: boolean;
}

/** A date that opens a line, in brackets or not, with a time behind it. */
const OPENING = /^[[(<"]?(\d{1,2})([/.])(\d{1,2})\2(\d{4}|\d{2})(?:,? |T)\d{1,2}:/gm;
const DAY_SECONDS = 86_400;

export const opensWithDate = (text: string): boolean => text.search(OPENING) >= 0;

/** Dates that open lines of a text, as far as they are written as the first one. */
export function openingDates(text: string): NumericDate[] {
  const dates: NumericDate[] = [];
  let shape: string | null = null;
  for (const [, first = "", separator = "", second = "", third = ""] of text.matchAll(OPENING)) {
    shape ??= `${separator}${third.length}`;
    // Dots are the German way, which is never ambiguous with a year of four digits.
    if (shape !== `${separator}${third.length}` || (separator === "." && third.length === 4)) continue;
    dates.push({ numbers: [Number(first), Number(second), Number(third)], hasLongYear: third.length === 4 });
  }
  return dates;
}

/** `changed`: seconds since the epoch when the file was last changed; null when that is not known. */
export function dateOrderOf(dates: readonly NumericDate[], changed: number | null): FoundOrder {
  const [first] = dates;
  if (first === undefined) return { order: "usual", isGuess: false };
  const orders: readonly DateOrder[] = first.hasLongYear
    ? ["usual", "day-first"]
    : ["usual", "day-first", "month-first"];
  const lastDay = changed === null ? null : Math.floor(changed / DAY_SECONDS);
  const readings = orders.map((order) => readingOf(order, dates, lastDay));
  const sorted = readings.toSorted(
    (a, b) => a.wrong - b.wrong || a.late - b.late || a.span - b.span || Number(b.isThisYear) - Number(a.isThisYear),
  );
  const [best, next] = sorted;
  if (best === undefined || next === undefined) return { order: "usual", isGuess: false };
  const isTie =
    best.wrong === next.wrong &&
    best.late === next.late &&
    best.span === next.span &&
    best.isThisYear === next.isThisYear;
  return { order: best.order, isGuess: isTie && best.firstDay !== next.firstDay };
}

interface Reading {
  readonly order: DateOrder;
  /** Dates that are none in this order. */
  readonly wrong: number;
  /** Those behind the last change, give or take a day for zones. */
  readonly late: number;
  /** Days from the first to the last: logs are of some days, and the wrong order scatters them over months. */
  readonly span: number;
  /** The last one is of the year of the last change. */
  readonly isThisYear: boolean;
  readonly firstDay: number | undefined;
}

function readingOf(order: DateOrder, dates: readonly NumericDate[], lastDay: number | null): Reading {
  const days = dates.flatMap((date) => dayOf(order, date) ?? []);
  let least = Number.POSITIVE_INFINITY;
  let most = Number.NEGATIVE_INFINITY;
  for (const day of days) {
    least = Math.min(least, day);
    most = Math.max(most, day);
  }
  return {
    order,
    wrong: dates.length - days.length,
    late: lastDay === null ? 0 : days.filter((day) => day > lastDay + 1).length,
    span: days.length === 0 ? 0 : most - least,
    isThisYear: lastDay !== null && days.length > 0 && civilFromDays(most).year === civilFromDays(lastDay).year,
    firstDay: days[0],
  };
}

/** Counted from 1970; null where it is no date. */
function dayOf(order: DateOrder, { numbers: [first, second, third], hasLongYear }: NumericDate): number | null {
  const usual = hasLongYear ? [third, first, second] : [first, second, third];
  const [year = 0, month = 0, day = 0] =
    order === "day-first" ? [third, second, first] : order === "month-first" ? [third, first, second] : usual;
  const full = year >= 100 ? year : year < 70 ? 2_000 + year : 1_900 + year;
  return isDate(full, month, day) ? daysFromCivil(full, month, day) : null;
}
