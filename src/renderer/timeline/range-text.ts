/** A range of time as people type it: "14:02–14:31", two ISO times, "last 30m", a day. */
import { civil, fromCivil, type Civil } from "../../shared/text/time.ts";
import { DURATION } from "../../shared/text/duration.ts";
import type { TimeRange } from "../state/selection.ts";

export type ReadRange =
  | { readonly ok: true; readonly range: TimeRange }
  | { readonly ok: false; readonly message: string };

export interface RangeContext {
  readonly zone: string;
  /** First and last moment of the data; clocks without a date mean its days. */
  readonly from: number;
  readonly to: number;
}

const UNIT: Readonly<Record<string, number>> = {
  ms: 1000,
  s: DURATION.second,
  m: DURATION.minute,
  min: DURATION.minute,
  h: DURATION.hour,
  d: DURATION.day,
};
const LENGTH = /^(\d+(?:\.\d+)?)\s*(ms|s|min|m|h|d)$/iu;
const RELATIVE = /^(last|first)\s+(.+?)(?:\s+of\s+data)?$/iu;
const BETWEEN = /\s*(?:–|—|\.\.|\s-\s|\bto\b|\/)\s*/u;
const MOMENT =
  /^(?:(\d{4})-(\d{1,2})-(\d{1,2}))?(?:[T\s]*(\d{1,2}):(\d{2})(?::(\d{2})(?:[.,](\d{1,9}))?)?)?\s*(Z|UTC|[+-]\d{2}:?\d{2})?$/iu;

export const RANGE_HELP = "Write 14:02–14:31, two ISO times with – between them, a day, or last 30m of data.";

const refused = (message: string): ReadRange => ({ ok: false, message });

/** Microseconds of "30m", "1.5 h"; null when it is none. */
export function readLength(text: string): number | null {
  const found = LENGTH.exec(text.trim());
  const unit = UNIT[(found?.[2] ?? "").toLowerCase()];
  return found === null || unit === undefined ? null : Math.round(Number(found[1]) * unit);
}

interface Moment {
  readonly time: number;
  /** What the written precision covers: "14:02" is a minute. */
  readonly width: number;
  readonly dated: boolean;
}

function readMoment(text: string, day: Civil, zone: string): Moment | null {
  const found = MOMENT.exec(text.trim());
  if (found === null || (found[1] === undefined && found[4] === undefined)) return null;
  const [, year, month, date, hour, minute, second, fraction, written] = found;
  const parts = {
    year: Number(year ?? day.year),
    month: Number(month ?? day.month),
    day: Number(date ?? day.day),
    hour: Number(hour ?? 0),
    minute: Number(minute ?? 0),
    second: Number(second ?? 0),
    micros: Number((fraction ?? "").slice(0, 6).padEnd(6, "0")),
  };
  if (parts.month < 1 || parts.month > 12 || parts.day < 1 || parts.day > 31) return null;
  if (parts.hour > 24 || parts.minute > 59 || parts.second > 60) return null;
  const time = written === undefined ? fromCivil(parts, zone) : fromCivil(parts, "UTC") - writtenOffset(written);
  const width =
    hour === undefined
      ? DURATION.day
      : second === undefined
        ? DURATION.minute
        : fraction === undefined
          ? DURATION.second
          : 1;
  return { time, width, dated: year !== undefined };
}

function writtenOffset(text: string): number {
  const found = /^([+-])(\d{2}):?(\d{2})$/u.exec(text);
  if (found === null) return 0;
  const size = (Number(found[2]) * 60 + Number(found[3])) * DURATION.minute;
  return found[1] === "-" ? -size : size;
}

export function readRange(text: string, context: RangeContext): ReadRange {
  const typed = text.trim();
  if (typed === "") return refused(RANGE_HELP);
  const relative = RELATIVE.exec(typed);
  if (relative !== null) {
    const length = readLength(relative[2] ?? "");
    if (length === null || length <= 0)
      return refused(`"${relative[2] ?? ""}" is no length of time. Write 30m, 45s, 2h or 1d.`);
    const end = context.to + 1;
    return relative[1]?.toLowerCase() === "last"
      ? checked({ from: end - length, to: end })
      : checked({ from: context.from, to: context.from + length });
  }
  const [first = "", second, ...more] = splitRange(typed);
  if (more.length > 0) return refused(RANGE_HELP);
  const start = momentInData(first, context);
  if (start === null) return refused(`"${first}" is no time. ${RANGE_HELP}`);
  if (second === undefined) return checked({ from: start.time, to: start.time + start.width });
  const length = second.startsWith("+") ? readLength(second.slice(1)) : null;
  if (length !== null) return checked({ from: start.time, to: start.time + length });
  // A clock alone belongs to the day on which the range begins, or to the next when it is earlier.
  const end = readMoment(second, civil(start.time, context.zone), context.zone);
  if (end === null) return refused(`"${second}" is no time. ${RANGE_HELP}`);
  const to = end.dated || end.time > start.time ? end.time : end.time + DURATION.day;
  // "14:02–14:02" is that minute, and a day up to a day includes it.
  const covers = end.width === DURATION.day || to === start.time ? end.width : 0;
  return checked({ from: start.time, to: to + covers });
}

/** "14:02-14:31" has its dash between two clocks; the dashes of a date are not between times. */
function splitRange(text: string): readonly string[] {
  const dashed = /^(.*\d{1,2}:\d{2}(?::\d{2}(?:[.,]\d+)?)?Z?)\s*-\s*(\d{1,2}:\d{2}.*|\d{4}-\d{1,2}-\d{1,2}.*)$/u.exec(
    text,
  );
  if (dashed !== null) return [dashed[1] ?? "", dashed[2] ?? ""];
  const lengthened = /^(.+?)\s+(\+\s*\d.*)$/u.exec(text);
  if (lengthened !== null && readLength((lengthened[2] ?? "").slice(1)) !== null) {
    return [lengthened[1] ?? "", (lengthened[2] ?? "").replace(/\s/gu, "")];
  }
  return text.split(BETWEEN);
}

/** A clock without a date: the first day of the data on which it falls into the data, else the first day. */
function momentInData(text: string, { zone, from, to }: RangeContext): Moment | null {
  const onFirstDay = readMoment(text, civil(from, zone), zone);
  if (onFirstDay === null || onFirstDay.dated || onFirstDay.time + onFirstDay.width > from) return onFirstDay;
  const next = { ...onFirstDay, time: onFirstDay.time + DURATION.day };
  return next.time <= to ? next : onFirstDay;
}

function checked(range: TimeRange): ReadRange {
  return range.to > range.from
    ? { ok: true, range }
    : refused("The range ends before it begins. Write its earlier time first.");
}
