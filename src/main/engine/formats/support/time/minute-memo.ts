/**
 * Remembers the last time that was read, for the next one mostly lies within the same minute and is written alike: then
 * only its seconds differ, and no zone changes its offset within a minute.
 */
import { AsciiSlice } from "../../../../../shared/model/ascii-slice.ts";
import { isSameBytes } from "../../../../../shared/byte-words.ts";
import type { Timestamp } from "../../../../../shared/model/record.ts";
import { isPlausibleTime, micros, MICROS_PER_SECOND } from "../../../../../shared/units.ts";
import { isDigit } from "../characters.ts";

/** As in 2026-06-09T12:13:14.123456789Z; what stands between is compared, and thus may be anything. */
const SECONDS_AT = 17;
const FRACTION_AT = 19;
const MOST_SECONDS = 59;
const ZERO = 0x30;
const DOT = 0x2e;
const COMMA = 0x2c;
const POWERS = [1e9, 1e8, 1e7, 1e6, 1e5, 1e4, 1e3, 100, 10, 1] as const;
const LAYOUT = /^\d{4}-\d\d-\d\d[T ]\d\d:\d\d:[0-5]\d(?:[.,]\d{1,9})?/;

/** Longer texts are not remembered. */
const LONGEST = 64;

export class MinuteMemo {
  /** The text that is remembered, in ASCII; of length 0 when there is none. */
  readonly #known = new DataView(new ArrayBuffer(LONGEST));
  #length = 0;
  /** A string that is asked for, as bytes. */
  readonly #asked = new AsciiSlice();
  readonly #askedBytes = new DataView(new ArrayBuffer(LONGEST));
  /** Where the text behind the fraction begins. */
  #suffixAt = 0;
  /** Of the minute's first microsecond. */
  #minute = 0;

  /** Remembers what the whole of `text` means. */
  keep(text: string, time: Timestamp): void {
    const written = LAYOUT.exec(text)?.[0];
    if (written === undefined || !writeAscii(text, this.#known)) return;
    this.#length = text.length;
    this.#suffixAt = written.length;
    const seconds = twoDigitsAt(this.#known, SECONDS_AT);
    this.#minute = (Math.floor(time.micros / MICROS_PER_SECOND) - seconds) * MICROS_PER_SECOND;
    const again = this.time(text);
    // Decimals in some other writing: nothing is remembered of those.
    if (again?.micros !== time.micros || again.nanos !== time.nanos || again.digits !== time.digits) this.#length = 0;
  }

  /** What `text` means; null when it is not written as the time before, or lies in another minute. */
  time(text: string): Timestamp | null {
    if (text.length !== this.#length || !writeAscii(text, this.#askedBytes)) return null;
    this.#asked.set(this.#askedBytes, 0, text.length);
    return this.timeOf(this.#asked);
  }

  /** The same of a text that still is bytes. */
  timeOf({ view, from, length }: AsciiSlice): Timestamp | null {
    const known = this.#known;
    if (length !== this.#length || length === 0 || !isSameBytes(known, 0, view, from, SECONDS_AT)) return null;
    const suffixAt = this.#suffixAt;
    if (!isSameBytes(known, suffixAt, view, from + suffixAt, length - suffixAt)) return null;
    const seconds = twoDigitsAt(view, from + SECONDS_AT);
    if (!(seconds <= MOST_SECONDS)) return null;
    const digits = Math.max(0, suffixAt - FRACTION_AT - 1);
    const nanos = digits === 0 ? 0 : nanosAt(view, from + FRACTION_AT, digits);
    if (nanos < 0) return null;
    const value = this.#minute + seconds * MICROS_PER_SECOND + Math.floor(nanos / 1_000);
    return isPlausibleTime(value) ? { micros: micros(value), nanos: nanos % 1_000, digits } : null;
  }
}

/** False when `text` has characters beyond ASCII, or more of them than there is room. */
function writeAscii(text: string, to: DataView): boolean {
  if (text.length > to.byteLength) return false;
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    if (code >= 0x80) return false;
    to.setUint8(at, code);
  }
  return true;
}

/** NaN where no two digits stand. */
function twoDigitsAt(view: DataView, at: number): number {
  const tens = view.getUint8(at);
  const ones = view.getUint8(at + 1);
  return isDigit(tens) && isDigit(ones) ? (tens - ZERO) * 10 + ones - ZERO : Number.NaN;
}

/** Of a fraction whose point stands at `at`; -1 when something else stands there. */
function nanosAt(view: DataView, at: number, digits: number): number {
  const point = view.getUint8(at);
  if (point !== DOT && point !== COMMA) return -1;
  let fraction = 0;
  for (let next = at + 1; next <= at + digits; next += 1) {
    const code = view.getUint8(next);
    if (!isDigit(code)) return -1;
    fraction = fraction * 10 + code - ZERO;
  }
  return fraction * (POWERS[digits] ?? 1);
}
