/**
 * Reads times in the layouts that logs and dumps use, exactly: digits become integers, never a Date or a float.
 * ISO 8601, RFC 2822, git, syslog (RFC 3164), Common Log Format, Apache errors, Java and Spark, HDFS, klog, logcat, epochs.
 */
import type { AsciiSlice } from "../../../../../shared/model/ascii-slice.ts";
import type { Timestamp } from "../../../../../shared/model/record.ts";
import type { ParseOptions } from "../../format.ts";
import { digitsAt, isDigit, isLetter, numberAt } from "../characters.ts";
import { isDate } from "./civil.ts";
import { Clock } from "./clock.ts";
import type { DateOrder } from "./date-order.ts";
import { DayReader } from "./day.ts";
import { timeOfDigits, timeOfNumber } from "./epoch.ts";
import { KnownMinute } from "./known-minute.ts";
import { MinuteMemo } from "./minute-memo.ts";
import { type TimeOfDay, WallClock } from "./wall-clock.ts";

/** A day without a year may be the 29th of February. */
const SOME_LEAP_YEAR = 2_000;
const SPACE = 0x20;
const DASH = 0x2d;
const DOT = 0x2e;
const SLASH = 0x2f;
const COLON = 0x3a;

/**
 * Holds what it read last in its fields, so that a million lines make no garbage. Use one a parser.
 * A time is found ("true") even when it cannot be used: {@link time} is null when it has no date or is out of range.
 */
export class TimeReader {
  time: Timestamp | null = null;
  /** Index after the time. */
  end = 0;
  /** Whether it states a day; a year may have been added. */
  dated = false;
  /** Whether it states its zone. */
  zoned = false;

  readonly #wall: WallClock;
  readonly #memo = new MinuteMemo();
  #memoEnd = 0;
  #memoZoned = false;
  #text = "";
  readonly #day: DayReader;
  readonly #minute = new KnownMinute();
  readonly #clock = new Clock();

  /** `order` is that of dates of numbers, as far as their file tells it. */
  constructor(options: ParseOptions, order: DateOrder = "usual") {
    this.#day = new DayReader(order);
    this.#wall = new WallClock(options);
  }

  /** A day that is stated but lies outside of what can be stored. */
  get outOfRange(): boolean {
    return this.dated && this.time === null;
  }

  /** Of a time that was found without a day; what is read next overwrites it. */
  get timeOfDay(): TimeOfDay {
    const { seconds, nanos, digits } = this.#clock;
    return { seconds, nanos, digits };
  }

  /** A number of a field. */
  number(value: number): boolean {
    return this.#epoch(timeOfNumber(value), 0);
  }

  /** A text that is a time and nothing else. */
  whole(text: string): boolean {
    const known = this.#memo.time(text);
    if (known !== null) return this.#again(known);
    const isTime = this.#readWhole(text);
    if (isTime && this.time !== null && this.dated) {
      this.#memo.keep(text, this.time);
      this.#memoEnd = this.end;
      this.#memoZoned = this.zoned;
    }
    return isTime;
  }

  /** Whether `text` is a time that is written as the one before, of the same minute; what else it may be is not looked at. */
  again(text: AsciiSlice): boolean {
    const known = this.#memo.timeOf(text);
    return known !== null && this.#again(known);
  }

  #again(time: Timestamp): boolean {
    this.time = time;
    this.end = this.#memoEnd;
    this.dated = true;
    this.zoned = this.#memoZoned;
    return true;
  }

  #readWhole(text: string): boolean {
    const trimmed = text.trim();
    if (trimmed.length < 8 || trimmed.length > 64) return false;
    if (isDigit(trimmed.charCodeAt(trimmed.length - 1)) && this.#epoch(timeOfDigits(trimmed), trimmed.length))
      return true;
    if (!this.prefix(trimmed, 0) && !this.#dateAlone(trimmed)) return false;
    if (this.end === trimmed.length) return true;
    // JavaScript's Date and RFC 2822 add the zone's name as a comment.
    return trimmed.charCodeAt(this.end) === SPACE && trimmed.charAt(this.end + 1) === "(" && trimmed.endsWith(")");
  }

  /** A time with a clock that starts exactly at `from`, or one character later when that is an opening bracket. */
  prefix(text: string, from: number): boolean {
    this.#text = text;
    const first = text.charCodeAt(from);
    if (isDigit(first)) return this.#sameMinute(from) || this.#startsWithDigit(from);
    if (first === 0x5b || first === 0x28 || first === 0x3c || first === 0x22) {
      const inner = text.charCodeAt(from + 1);
      if (!isDigit(inner) && !isLetter(inner)) return false;
      if (!this.prefix(text, from + 1)) return false;
      const closing = text.charCodeAt(this.end);
      if (closing === 0x5d || closing === 0x29 || closing === 0x3e || closing === 0x22) this.end += 1;
      return true;
    }
    return isLetter(first) && this.#clockFrom(this.#day.fromLetters(text, from));
  }

  /** Whether a time stands there that is written as the last one was, and differs from it in its seconds only. */
  #sameMinute(from: number): boolean {
    const text = this.#text;
    const clock = this.#clock;
    const seconds = this.#minute.secondsAt(text, from);
    const at = seconds === 0 ? 0 : clock.readSeconds(text, seconds);
    if (at === 0) return false;
    const end = clock.readZone(text, at);
    const time = this.#minute.time(clock, end > 0);
    if (time === null) return false;
    this.time = time;
    this.end = end || at;
    this.dated = true;
    this.zoned = end > 0;
    return true;
  }

  #epoch(time: Timestamp | null, end: number): boolean {
    this.time = time;
    this.end = end;
    this.dated = true;
    this.zoned = true;
    return time !== null;
  }

  #startsWithDigit(from: number): boolean {
    const text = this.#text;
    const width = this.#run(from);
    if (width <= 2 && text.charCodeAt(from + width) === COLON) return this.#clockAlone(from);
    if (width === 10 || width === 13 || width === 16 || width === 19) return this.#epochPrefix(from, from + width);
    if (!this.#clockFrom(this.#day.fromDigits(text, from, width))) return false;
    if (this.time !== null && this.#day.year > 0) this.#minute.keep(text, from, this.time, this.#clock, this.zoned);
    return true;
  }

  #epochPrefix(from: number, after: number): boolean {
    const decimals = this.#text.charCodeAt(after) === DOT ? this.#run(after + 1) : 0;
    const end = decimals > 0 ? after + 1 + decimals : after;
    const next = this.#text.charCodeAt(end);
    if (isLetter(next) || next === DASH || next === SLASH || next === DOT) return false;
    return this.#epoch(timeOfDigits(this.#text.slice(from, end)), end);
  }

  #dateAlone(text: string): boolean {
    if (!this.#day.whole(text)) return false;
    this.#clock.clear();
    return this.#finish(text.length, false);
  }

  #clockAlone(from: number): boolean {
    const end = this.#clock.read(this.#text, from);
    if (end === 0) return false;
    this.time = null;
    this.end = end;
    this.dated = false;
    this.zoned = false;
    return true;
  }

  /** The clock at `from` and its zone, and the year where it stands behind them. `from` is 0 where no day stands before it. */
  #clockFrom(from: number): boolean {
    if (from === 0) return false;
    const text = this.#text;
    const clock = this.#clock;
    const isCompact = this.#day.isCompact && this.#run(from) === 6;
    let at = isCompact ? clock.readCompact(text, from) : clock.read(text, from);
    let zoneEnd = 0;
    if (text.charCodeAt(from - 1) === DASH && (at === 0 || text.charCodeAt(at) === COLON)) {
      const rareEnd = clock.readRare(text, from);
      at = rareEnd || clock.read(text, from);
      if (rareEnd > 0) zoneEnd = clock.readMinutesOfZone(text, at);
    }
    if (at === 0) return false;
    zoneEnd ||= clock.readZone(text, at);
    if (this.#day.awaitsYear) {
      const yearAt = (zoneEnd || at) + 1;
      if (text.charCodeAt(yearAt - 1) === SPACE && this.#day.isYearAt(yearAt)) {
        this.#day.year = numberAt(text, yearAt, 4);
        at = yearAt + 4;
        zoneEnd = zoneEnd === 0 ? clock.readZone(text, at) : at;
      }
    }
    return this.#finish(zoneEnd || at, zoneEnd > 0);
  }

  #finish(end: number, zoned: boolean): boolean {
    this.end = end;
    this.dated = true;
    this.zoned = zoned;
    const { year, month, day } = this.#day;
    if (!isDate(year || SOME_LEAP_YEAR, month, day)) return false;
    this.time =
      year === 0
        ? this.#wall.beforeNow(month, day, this.#clock, zoned)
        : this.#wall.at(year, month, day, this.#clock, zoned);
    return true;
  }

  #run(at: number): number {
    return digitsAt(this.#text, at);
  }
}
