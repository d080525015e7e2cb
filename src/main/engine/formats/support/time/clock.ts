/** Reads the time of a day and the zone behind it: hours to nanoseconds, "Z", "+02:00", "PDT". */
import { digitsAt, isDigit, isLetter, numberAt } from "../characters.ts";
import { offsetOfAbbreviation, zoneNamed, type Zone } from "./zone.ts";

const POWERS = [1e9, 1e8, 1e7, 1e6, 1e5, 1e4, 1e3, 100, 10, 1] as const;

const SPACE = 0x20;
const PLUS = 0x2b;
const COMMA = 0x2c;
const DASH = 0x2d;
const DOT = 0x2e;
const COLON = 0x3a;

const ZONE_NAME = /[A-Z][A-Za-z]{1,12}\/[A-Z][A-Za-z_/-]{2,30}(?=[\]\s:,]|$)/y;

function nameOf(text: string, from: number): string | undefined {
  ZONE_NAME.lastIndex = from;
  return ZONE_NAME.exec(text)?.[0];
}

const DOTTED = /(\d\d)(\.)(\d\d)\.(\d\d)(?:\.(\d{1,9}))?(?!\d)/y;
const UNPADDED = /(\d{1,2})(:)(\d{1,2}):(\d{1,2})(?::(\d{1,3}))?(?!\d)/y;

/** The whole, its separator, hours, minutes, seconds and what is below them. */
function matchRare(text: string, from: number): readonly (string | undefined)[] | null {
  const pattern = text.charCodeAt(from + 2) === DOT ? DOTTED : UNPADDED;
  pattern.lastIndex = from;
  const match = pattern.exec(text);
  return match === null ? null : [match[0], match[2], match[1], match[3], match[4], match[5]];
}

/** Index of "AM" or "PM" behind a clock, or 0. */
function halfAt(text: string, at: number): number {
  const half = text.charCodeAt(at) === SPACE ? at + 1 : at;
  const letter = text.charCodeAt(half);
  const isHalf = (letter === 0x41 || letter === 0x50) && text.charCodeAt(half + 1) === 0x4d;
  return isHalf && !isLetter(text.charCodeAt(half + 2)) ? half : 0;
}

/** Holds what it read last, so that a million lines make no garbage. */
export class Clock {
  /** Since midnight. */
  seconds = 0;
  /** Below the second. */
  nanos = 0;
  /** Decimals of the second that are written, at most nine. */
  digits = 0;
  /** Index of two digits of seconds below 60, of a day of 24 hours; 0 where there are none. */
  secondsAt = 0;
  offsetMinutes = 0;
  /** Of a zone that is stated by its name; null of one stated as an offset. */
  zone: Zone | null = null;

  clear(): void {
    this.seconds = 0;
    this.nanos = 0;
    this.digits = 0;
    this.secondsAt = 0;
    this.offsetMinutes = 0;
    this.zone = null;
  }

  /** 7:05, 07:05:09, 07:05:09,123456789, 7:05:09 PM: the index after it, or 0. */
  read(text: string, from: number): number {
    this.clear();
    const hours = digitsAt(text, from);
    if (hours === 0 || hours > 2 || text.charCodeAt(from + hours) !== COLON) return 0;
    let hour = numberAt(text, from, hours);
    let at = from + hours + 1;
    if (digitsAt(text, at) !== 2) return 0;
    const minute = numberAt(text, at, 2);
    at += 2;
    let second = 0;
    if (text.charCodeAt(at) === COLON && digitsAt(text, at + 1) === 2) {
      second = numberAt(text, at + 1, 2);
      this.secondsAt = second < 60 ? at + 1 : 0;
      at = this.#fraction(text, at + 3);
    }
    const half = halfAt(text, at);
    if (half > 0) {
      if (hour < 1 || hour > 12) return 0;
      hour = (hour % 12) + (text.charAt(half) === "P" ? 12 : 0);
      at = half + 2;
      this.secondsAt = 0;
    }
    if (hour > 23 || minute > 59 || second > 60) return 0;
    this.seconds = hour * 3_600 + minute * 60 + second;
    return at;
  }

  /** The seconds of a minute that is known, and what is below them: the index after them, or 0 when something else is there. */
  readSeconds(text: string, from: number): number {
    this.clear();
    this.seconds = numberAt(text, from, 2);
    if (digitsAt(text, from) !== 2 || this.seconds > 59) return 0;
    const at = this.#fraction(text, from + 2);
    return halfAt(text, at) > 0 ? 0 : at;
  }

  /** 203615 or 203615.123: the index after it, or 0. Six digits stand there. */
  readCompact(text: string, from: number): number {
    this.clear();
    const hour = numberAt(text, from, 2);
    const minute = numberAt(text, from + 2, 2);
    const second = numberAt(text, from + 4, 2);
    if (hour > 23 || minute > 59 || second > 60) return 0;
    this.seconds = hour * 3_600 + minute * 60 + second;
    this.secondsAt = second < 60 ? from + 4 : 0;
    return this.#fraction(text, from + 6);
  }

  /** 13.58.00.123456 as DB2 writes it, or 0:5:9:31 without leading zeros and with milliseconds: the index after it, or 0. */
  readRare(text: string, from: number): number {
    this.clear();
    const [whole, separator, ...parts] = matchRare(text, from) ?? [];
    if (whole === undefined) return 0;
    const [hour = 0, minute = 0, second = 0] = [parts[0], parts[1], parts[2]].map(Number);
    if (hour > 23 || minute > 59 || second > 60) return 0;
    this.seconds = hour * 3_600 + minute * 60 + second;
    const fraction = parts[3] ?? "";
    this.digits = Math.min(separator === ":" && fraction !== "" ? 3 : fraction.length, 9);
    const decimals = separator === ":" ? fraction.padStart(3, "0") : fraction;
    this.nanos = this.digits === 0 ? 0 : Number(decimals.slice(0, this.digits)) * (POWERS[this.digits] ?? 1);
    return from + whole.length;
  }

  /** DB2 writes the zone as minutes, 2026-06-12-07.05.13.732609+120: the index after it, or 0. */
  readMinutesOfZone(text: string, at: number): number {
    const sign = text.charCodeAt(at);
    if ((sign !== PLUS && sign !== DASH) || digitsAt(text, at + 1) !== 3) return 0;
    this.offsetMinutes = numberAt(text, at + 1, 3) * (sign === DASH ? -1 : 1);
    return at + 4;
  }

  /** Decimals of the second; digits beyond the ninth are passed over. */
  #fraction(text: string, at: number): number {
    const separator = text.charCodeAt(at);
    if (separator !== DOT && separator !== COMMA && separator !== COLON) return at;
    const width = digitsAt(text, at + 1);
    if (width === 0 || (separator === COLON && width !== 3)) return at;
    this.digits = Math.min(width, 9);
    this.nanos = numberAt(text, at + 1, this.digits) * (POWERS[this.digits] ?? 1);
    return at + 1 + width;
  }

  /** Z, +02:00, +0200, +02, " -0700", " PDT", " GMT+0200": the index after it, or 0 when none is stated. */
  readZone(text: string, at: number): number {
    const spaced = text.charCodeAt(at) === SPACE;
    const from = spaced ? at + 1 : at;
    const code = text.charCodeAt(from);
    if (code === PLUS || code === DASH) return this.#readOffset(text, from, spaced);
    if (!isLetter(code)) return 0;
    if (code === 0x5a || code === 0x7a) {
      const next = text.charCodeAt(from + 1);
      if (!isLetter(next) && !isDigit(next)) {
        this.offsetMinutes = 0;
        return from + 1;
      }
    }
    let end = from;
    while (end < from + 5 && isLetter(text.charCodeAt(end))) end += 1;
    const minutes = offsetOfAbbreviation(text.slice(from, end));
    if (minutes === undefined) return spaced ? this.#readZoneName(text, from) : 0;
    this.offsetMinutes = minutes;
    const next = text.charCodeAt(end);
    return minutes === 0 && (next === PLUS || next === DASH) ? this.#readOffset(text, end, true) || end : end;
  }

  #readOffset(text: string, at: number, minutesNeeded: boolean): number {
    const width = digitsAt(text, at + 1);
    const colon = width === 2 && text.charCodeAt(at + 3) === COLON && digitsAt(text, at + 4) === 2;
    if (width !== 4 && (width !== 2 || (minutesNeeded && !colon))) return 0;
    const hours = numberAt(text, at + 1, 2);
    const minutes = colon ? numberAt(text, at + 4, 2) : width === 4 ? numberAt(text, at + 3, 2) : 0;
    if (hours > 15 || minutes > 59) return 0;
    const east = hours * 60 + minutes;
    this.offsetMinutes = text.charCodeAt(at) === DASH ? -east : east;
    return this.#passAbbreviation(text, colon ? at + 6 : at + 1 + width);
  }

  /** PHP writes " Europe/Berlin". */
  #readZoneName(text: string, from: number): number {
    const name = nameOf(text, from);
    if (name === undefined) return 0;
    this.zone = zoneNamed(name);
    return this.zone === null ? 0 : from + name.length;
  }

  /** Go writes the offset and its name: "+0200 CEST". */
  #passAbbreviation(text: string, at: number): number {
    if (text.charCodeAt(at) !== SPACE || !isLetter(text.charCodeAt(at + 1))) return at;
    let end = at + 1;
    while (end < at + 6 && isLetter(text.charCodeAt(end))) end += 1;
    return offsetOfAbbreviation(text.slice(at + 1, end)) === this.offsetMinutes ? end : at;
  }
}
