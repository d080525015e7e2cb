/**
 * Remembers the last time that was read, for the next one mostly lies within the same minute and is written alike: then
 * only its seconds differ, and no zone changes its offset within a minute.
 */
import type { Timestamp } from "../../../../shared/model/record.ts";
import { isPlausibleTime, micros, MICROS_PER_SECOND } from "../../../../shared/units.ts";
import { digitsAt, numberAt } from "./characters.ts";

/** As in 2026-06-09T12:13:14.123456789Z; what stands between is compared, and thus may be anything. */
const SECONDS_AT = 17;
const FRACTION_AT = 19;
const MOST_SECONDS = 59;
const MOST_DIGITS = 9;
const DOT = 0x2e;
const COMMA = 0x2c;
const POWERS = [1e9, 1e8, 1e7, 1e6, 1e5, 1e4, 1e3, 100, 10, 1] as const;
const LAYOUT = /^\d{4}-\d\d-\d\d[T ]\d\d:\d\d:[0-5]\d(?:[.,]\d{1,9})?/;

export class MinuteMemo {
  #text = "";
  /** Where the text behind the fraction begins. */
  #suffixAt = 0;
  /** Of the minute's first microsecond. */
  #minute = 0;

  /** Remembers what the whole of `text` means. */
  keep(text: string, time: Timestamp): void {
    const written = LAYOUT.exec(text)?.[0];
    if (written === undefined) return;
    this.#text = text;
    this.#suffixAt = written.length;
    const seconds = numberAt(text, SECONDS_AT, 2);
    this.#minute = (Math.floor(time.micros / MICROS_PER_SECOND) - seconds) * MICROS_PER_SECOND;
    const again = this.time(text);
    // Decimals in some other writing: nothing is remembered of those.
    if (again?.micros !== time.micros || again.nanos !== time.nanos || again.digits !== time.digits) this.#text = "";
  }

  /** What `text` means; null when it is not written as the time before, or lies in another minute. */
  time(text: string): Timestamp | null {
    const known = this.#text;
    if (text.length !== known.length || text.length === 0) return null;
    for (let at = 0; at < SECONDS_AT; at += 1) if (text.charCodeAt(at) !== known.charCodeAt(at)) return null;
    if (digitsAt(text, SECONDS_AT) !== 2) return null;
    const seconds = numberAt(text, SECONDS_AT, 2);
    if (seconds > MOST_SECONDS) return null;
    const suffixAt = this.#suffixAt;
    for (let at = suffixAt; at < text.length; at += 1) if (text.charCodeAt(at) !== known.charCodeAt(at)) return null;
    const digits = Math.max(0, suffixAt - FRACTION_AT - 1);
    const nanos = digits === 0 ? 0 : nanosAt(text, digits);
    if (nanos < 0) return null;
    const value = this.#minute + seconds * MICROS_PER_SECOND + Math.floor(nanos / 1_000);
    return isPlausibleTime(value) ? { micros: micros(value), nanos: nanos % 1_000, digits } : null;
  }
}

/** -1 when something else stands there. */
function nanosAt(text: string, digits: number): number {
  const point = text.charCodeAt(FRACTION_AT);
  if ((point !== DOT && point !== COMMA) || digits > MOST_DIGITS) return -1;
  if (digitsAt(text, FRACTION_AT + 1) !== digits) return -1;
  return numberAt(text, FRACTION_AT + 1, digits) * (POWERS[digits] ?? 1);
}
