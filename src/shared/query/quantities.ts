/** Numbers, durations and times as people write them in a filter, and the shortest way to write them again. */
import {
  isPlausibleTime,
  MICROS_PER_MILLISECOND,
  MICROS_PER_MINUTE,
  MICROS_PER_SECOND,
  type Micros,
} from "../units.ts";

const MICROS_PER_HOUR = 60 * MICROS_PER_MINUTE;
const MICROS_PER_DAY = 24 * MICROS_PER_HOUR;

/** The first unit that leaves a whole number prints a duration; nanoseconds only come in as fractions. */
const UNITS: readonly (readonly [name: string, micros: number])[] = [
  ["h", MICROS_PER_HOUR],
  ["m", MICROS_PER_MINUTE],
  ["s", MICROS_PER_SECOND],
  ["ms", MICROS_PER_MILLISECOND],
  ["us", 1],
];
const NUMBER = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?$/i;
const DURATION = /^(\d+\.?\d*(?:e[+-]?\d+)?|\.\d+)(ns|us|µs|μs|ms|s|m|h)$/i;
const TIME = /^(\d{4}-\d\d-\d\d)(?:[Tt](\d\d)(?::(\d\d)(?::(\d\d)(?:[.](\d{1,9}))?)?(?:[Zz]|([+-]\d\d):?(\d\d))?)?)?$/;

export function readNumber(text: string): number | null {
  if (!NUMBER.test(text)) return null;
  const value = Number(text);
  // Adding zero turns -0, which prints as 0, into 0.
  return Number.isFinite(value) ? value + 0 : null;
}

/** Microseconds. */
export function readDuration(text: string): number | null {
  const found = DURATION.exec(text);
  if (found === null) return null;
  const [, digits = "", name = ""] = found;
  const unit = name.toLowerCase();
  const number = Number(digits);
  const value = unit === "ns" ? number / 1_000 : number * (UNITS.find(([known]) => known === unit)?.[1] ?? 1);
  return Number.isFinite(value) ? value : null;
}

export function printDuration(micros: number): string {
  for (const [name, unit] of UNITS) {
    const whole = micros / unit;
    if (Number.isInteger(whole) && (whole !== 0 || unit === 1) && whole * unit === micros && whole < 1e15)
      return `${whole}${name}`;
  }
  return `${micros}us`;
}

/** A time without a zone is UTC; one without minutes or seconds covers the hour or minute it names. */
export function readTime(text: string): { readonly time: Micros; readonly width: number } | null {
  const found = TIME.exec(text);
  if (found === null) return null;
  const [, date = "", hour, minute, second, fraction, zoneHour, zoneMinute] = found;
  const whole = Date.parse(`${date}T${hour ?? "00"}:${minute ?? "00"}:${second ?? "00"}Z`);
  if (!Number.isFinite(whole) || new Date(whole).toISOString().slice(0, 10) !== date) return null;
  const offset =
    zoneHour === undefined
      ? 0
      : Math.sign(Number(`${zoneHour}1`)) * (Math.abs(Number(zoneHour)) * 60 + Number(zoneMinute)) * MICROS_PER_MINUTE;
  const below = Number((fraction ?? "").slice(0, 6).padEnd(6, "0"));
  const time = whole * MICROS_PER_MILLISECOND + below - offset;
  if (!isPlausibleTime(time)) return null;
  return { time, width: widthOf(hour, minute, second, fraction) };
}

function widthOf(hour?: string, minute?: string, second?: string, fraction?: string): number {
  if (hour === undefined) return MICROS_PER_DAY;
  if (minute === undefined) return MICROS_PER_HOUR;
  if (second === undefined) return MICROS_PER_MINUTE;
  return fraction === undefined
    ? MICROS_PER_SECOND
    : Math.max(1, MICROS_PER_SECOND / 10 ** Math.min(fraction.length, 6));
}

/** `width` is one that {@link readTime} gave, and `time` a multiple of it (of a minute where it is longer). */
export function printTime(time: Micros, width: number): string {
  const seconds = Math.floor(time / MICROS_PER_SECOND);
  const text = new Date(seconds * 1_000).toISOString().slice(0, 19);
  if (width < MICROS_PER_SECOND) {
    const digits = Math.round(Math.log10(MICROS_PER_SECOND / width));
    const below = String(time - seconds * MICROS_PER_SECOND).padStart(6, "0");
    return `${text}.${below.slice(0, digits)}Z`;
  }
  if (width === MICROS_PER_DAY) return text.slice(0, 10);
  if (width === MICROS_PER_HOUR) return text.slice(0, 13);
  return width === MICROS_PER_MINUTE ? `${text.slice(0, 16)}Z` : `${text}Z`;
}
