/** Times as numbers since 1970, in seconds, milliseconds, microseconds or nanoseconds: the magnitude says which. */
import type { Timestamp } from "../../../../../shared/model/record.ts";
import { isPlausibleTime, micros } from "../../../../../shared/units.ts";

/** A number below this many seconds (March 1973) counts something else, such as seconds since the start. */
const FEWEST_SECONDS = 100_000_000;
const MOST_MILLISECONDS = 100_000_000_000_000;
const MOST_SECONDS = 100_000_000_000;

/** Null when the number is no time. Exact as far as the number is; give text where it is beyond 2^53. */
export function timeOfNumber(value: number): Timestamp | null {
  if (!(value >= FEWEST_SECONDS)) return null;
  if (Number.isSafeInteger(value)) {
    if (value < MOST_SECONDS) return timestamp(value * 1_000_000, 0, 0);
    if (value < MOST_MILLISECONDS) return timestamp(value * 1_000, 0, 3);
  }
  return value < 1e21 ? timeOfDigits(String(value)) : null;
}

/** Same for a number as text: digits, perhaps with decimals ("1716723772.6014807"). */
export function timeOfDigits(text: string): Timestamp | null {
  let point = text.length;
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    if (code === 0x2e && point === text.length) point = at;
    else if (code < 0x30 || code > 0x39) return null;
  }
  if (point < 9 || point > 19 || point === text.length - 1) return null;
  const below = point <= 11 ? 0 : point <= 14 ? 3 : point <= 17 ? 6 : 9;
  const decimals = text.slice(point - below, point) + text.slice(point + 1);
  const seconds = Number(text.slice(0, point - below));
  if (seconds < FEWEST_SECONDS) return null;
  const nanos = Number(decimals.slice(0, 9).padEnd(9, "0"));
  return timestamp(seconds * 1_000_000 + Math.floor(nanos / 1_000), nanos % 1_000, Math.min(decimals.length, 9));
}

function timestamp(value: number, nanos: number, digits: number): Timestamp | null {
  return isPlausibleTime(value) ? { micros: micros(value), nanos, digits } : null;
}
