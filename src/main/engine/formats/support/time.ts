/**
 * Reads times in the layouts that logs and dumps use, exactly: digits become integers, never a Date or a float.
 * ISO 8601, RFC 2822, git, syslog (RFC 3164), Common Log Format, Apache errors, Java and Spark, HDFS, klog, logcat, epochs.
 */
import type { AsciiSlice } from "../../../../shared/model/ascii-slice.ts";
import type { Timestamp } from "../../../../shared/model/record.ts";
import type { ParseOptions } from "../format.ts";
import { digitsAt, isDigit, isLetter, numberAt } from "./characters.ts";
import { isDate, monthOfName } from "./civil.ts";
import { Clock } from "./clock.ts";
import { timeOfDigits, timeOfNumber } from "./epoch.ts";
import { MinuteMemo } from "./minute-memo.ts";
import { WallClock } from "./wall-clock.ts";

/** A day without a year may be the 29th of February. */
const SOME_LEAP_YEAR = 2_000;
const WEEKDAYS = new Set(["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"]);

const isBlank = (code: number): boolean => code === SPACE || code === 0x09;
/** Blanks between the columns of a day and of a clock. */
const WIDEST_JOINT = 8;

const SPACE = 0x20;
const COMMA = 0x2c;
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
  #year = 0;
  #month = 0;
  #day = 0;
  readonly #clock = new Clock();

  constructor(options: ParseOptions) {
    this.#wall = new WallClock(options);
  }

  /** A day that is stated but lies outside of what can be stored. */
  get outOfRange(): boolean {
    return this.dated && this.time === null;
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
    if (isDigit(first)) return this.#startsWithDigit(from);
    if (first === 0x5b || first === 0x28 || first === 0x3c || first === 0x22) {
      const inner = text.charCodeAt(from + 1);
      if (!isDigit(inner) && !isLetter(inner)) return false;
      if (!this.prefix(text, from + 1)) return false;
      const closing = text.charCodeAt(this.end);
      if (closing === 0x5d || closing === 0x29 || closing === 0x3e || closing === 0x22) this.end += 1;
      return true;
    }
    return isLetter(first) && this.#startsWithLetter(from);
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
    const after = from + width;
    const separator = text.charCodeAt(after);
    if (width === 4) {
      if (separator !== DASH && separator !== SLASH && separator !== DOT) return false;
      const at = this.#yearMonthDay(from, separator);
      return at > 0 && this.#joint(at) && this.#clockAndZone(this.#afterJoint(at));
    }
    if (width <= 2) {
      if (separator === COLON) return this.#clockAlone(from);
      if (separator === SLASH || separator === DASH || separator === DOT || separator === SPACE) {
        return this.#smallFirst(from, width, separator);
      }
      return false;
    }
    if (width === 6 && separator === SPACE) {
      this.#year = this.#century(this.#number(from, 2));
      this.#month = this.#number(from + 2, 2);
      this.#day = this.#number(from + 4, 2);
      return this.#compactClock(after + 1);
    }
    if (width === 8 || width === 14) {
      this.#year = this.#number(from, 4);
      this.#month = this.#number(from + 4, 2);
      this.#day = this.#number(from + 6, 2);
      if (width === 14) return this.#compactClock(from + 8);
      return this.#joint(after) && this.#compactClock(this.#afterJoint(after));
    }
    return (width === 10 || width === 13 || width === 16 || width === 19) && this.#epochPrefix(from, after);
  }

  #epochPrefix(from: number, after: number): boolean {
    const decimals = this.#text.charCodeAt(after) === DOT ? this.#run(after + 1) : 0;
    const end = decimals > 0 ? after + 1 + decimals : after;
    const next = this.#text.charCodeAt(end);
    if (isLetter(next) || next === DASH || next === SLASH || next === DOT) return false;
    return this.#epoch(timeOfDigits(this.#text.slice(from, end)), end);
  }

  /** 2026-06-09, 2026/6/9, 2026-Jun-09: the index after it, or 0. */
  #yearMonthDay(from: number, separator: number): number {
    this.#year = this.#number(from, 4);
    let at = from + 5;
    const width = this.#run(at);
    if (width === 0) {
      this.#month = monthOfName(this.#text.slice(at, at + 3));
      at += 3;
    } else if (width <= 2) {
      this.#month = this.#number(at, width);
      at += width;
    } else return 0;
    if (this.#text.charCodeAt(at) !== separator) return 0;
    const days = this.#run(at + 1);
    if (days === 0 || days > 2) return 0;
    this.#day = this.#number(at + 1, days);
    return isDate(this.#year, this.#month, this.#day) ? at + 1 + days : 0;
  }

  #dateAlone(text: string): boolean {
    this.#text = text;
    if (this.#run(0) !== 4 || text.length > 11) return false;
    const separator = text.charCodeAt(4);
    if (separator !== DASH && separator !== SLASH) return false;
    this.#clock.clear();
    const end = this.#yearMonthDay(0, separator);
    return end === text.length && this.#finish(end, false);
  }

  /** 10/Oct/2000:13:55:36, 06 Sep 2017 12:00, 17/06/09 20:10:40, 06/09/2017 …, 09.06.2017 …, 05-26 11:18:41. */
  #smallFirst(from: number, width: number, separator: number): boolean {
    const text = this.#text;
    const first = this.#number(from, width);
    let at = from + width + 1;
    const month = isLetter(text.charCodeAt(at)) ? monthOfName(text.slice(at, at + 3)) : 0;
    if (month > 0) {
      this.#day = first;
      this.#month = month;
      at += 3;
      if (text.charCodeAt(at) !== separator) return false;
      const years = this.#run(at + 1);
      if (years !== 4 && years !== 2) return false;
      // Redis Sentinel leaves out the year: 13 Apr 12:52:30
      if (years === 2 && separator === SPACE && text.charCodeAt(at + 3) === COLON) {
        this.#year = 0;
        return this.#clockAndZone(at + 1);
      }
      const year = this.#number(at + 1, years);
      this.#year = years === 4 ? year : this.#century(year);
      return this.#clockAndZone(at + 2 + years);
    }
    if (separator === SPACE) return false;
    const middle = this.#run(at);
    if (middle === 0 || middle > 2) return false;
    const second = this.#number(at, middle);
    at += middle;
    if (separator === DASH && width === 2 && text.charCodeAt(at) === SPACE) {
      this.#year = 0;
      this.#month = first;
      this.#day = second;
      return this.#clockAndZone(at + 1);
    }
    if (text.charCodeAt(at) !== separator) return false;
    const last = this.#run(at + 1);
    const third = this.#number(at + 1, last);
    if (last === 4) {
      this.#year = third;
      const dayFirst = separator !== SLASH || first > 12;
      this.#month = dayFirst ? second : first;
      this.#day = dayFirst ? first : second;
    } else if (last === 2 && width === 2) {
      this.#year = this.#century(first);
      this.#month = second;
      this.#day = third;
    } else return false;
    at += 1 + last;
    if (text.charCodeAt(at) === COMMA) at += 1;
    return this.#joint(at) && this.#clockAndZone(this.#afterJoint(at));
  }

  #startsWithLetter(from: number): boolean {
    const text = this.#text;
    const word = text.slice(from, from + 3);
    if (monthOfName(word) > 0) return this.#monthFirst(from, false);
    if (WEEKDAYS.has(word)) {
      let at = from + 3;
      if (text.charCodeAt(at) === COMMA) at += 1;
      if (text.charCodeAt(at) !== SPACE) return false;
      if (isDigit(text.charCodeAt(at + 1))) return this.#smallFirst(at + 1, this.#run(at + 1), SPACE);
      return this.#monthFirst(at + 1, true);
    }
    // klog and glog: I0612 10:11:12.123456, newer ones with the year: I20260612 10:11:12.123456
    if (!"IWEF".includes(text.charAt(from))) return false;
    const digits = this.#run(from + 1);
    const at = from + 1 + digits;
    if ((digits !== 4 && digits !== 8) || text.charCodeAt(at) !== SPACE) return false;
    this.#year = digits === 8 ? this.#number(from + 1, 4) : 0;
    this.#month = this.#number(at - 4, 2);
    this.#day = this.#number(at - 2, 2);
    return this.#clockAndZone(at + 1);
  }

  /** Jun 14 15:16:01, Jun 14 2015 15:16:01, and after a weekday Dec 04 04:47:44.123456 [UTC] 2005 [-0700]. */
  #monthFirst(from: number, weekday: boolean): boolean {
    const text = this.#text;
    this.#month = monthOfName(text.slice(from, from + 3));
    let at = from + 3;
    if (this.#month === 0 || text.charCodeAt(at) !== SPACE) return false;
    while (text.charCodeAt(at) === SPACE) at += 1;
    const days = this.#run(at);
    if (days === 0 || days > 2) return false;
    this.#day = this.#number(at, days);
    this.#year = 0;
    at += days;
    if (text.charCodeAt(at) === COMMA) at += 1;
    if (text.charCodeAt(at) !== SPACE) return false;
    at += 1;
    if (this.#run(at) === 4 && text.charCodeAt(at + 4) === SPACE) {
      this.#year = this.#number(at, 4);
      at += 5;
    }
    at = this.#clock.read(text, at);
    if (at === 0) return false;
    let zoneEnd = this.#clock.readZone(text, at);
    if (weekday && this.#year === 0) {
      const yearAt = (zoneEnd || at) + 1;
      if (text.charCodeAt(yearAt - 1) === SPACE && this.#run(yearAt) === 4) {
        this.#year = this.#number(yearAt, 4);
        at = yearAt + 4;
        if (zoneEnd === 0) zoneEnd = this.#clock.readZone(text, at);
        else zoneEnd = at;
      }
    }
    return this.#finish(zoneEnd || at, zoneEnd > 0);
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

  #clockAndZone(from: number): boolean {
    const at = this.#clock.read(this.#text, from);
    return at > 0 && this.#finishAtZone(at);
  }

  #finishAtZone(at: number): boolean {
    const end = this.#clock.readZone(this.#text, at);
    return this.#finish(end || at, end > 0);
  }

  /** 203615, 203615.123 or an ordinary clock, after a day without separators. */
  #compactClock(from: number): boolean {
    if (this.#run(from) !== 6) return this.#clockAndZone(from);
    const at = this.#clock.readCompact(this.#text, from);
    return at > 0 && this.#finishAtZone(at);
  }

  #finish(end: number, zoned: boolean): boolean {
    this.end = end;
    this.dated = true;
    this.zoned = zoned;
    if (!isDate(this.#year || SOME_LEAP_YEAR, this.#month, this.#day)) return false;
    this.time =
      this.#year === 0
        ? this.#wall.beforeNow(this.#month, this.#day, this.#clock, zoned)
        : this.#wall.at(this.#year, this.#month, this.#day, this.#clock, zoned);
    return true;
  }

  /** What joins a day and a clock: T, blanks or tabs (columns of W3C logs), and rarer ones; then a digit follows. */
  #joint(at: number): boolean {
    const code = this.#text.charCodeAt(at);
    const joins = isBlank(code) || code === 0x54 || code === 0x74 || code === 0x5f || code === DASH || code === COLON;
    return joins && isDigit(this.#text.charCodeAt(this.#afterJoint(at)));
  }

  #afterJoint(at: number): number {
    let end = at + 1;
    if (isBlank(this.#text.charCodeAt(at)))
      while (end < at + WIDEST_JOINT && isBlank(this.#text.charCodeAt(end))) end += 1;
    return end;
  }

  #century(year: number): number {
    return year < 70 ? 2_000 + year : 1_900 + year;
  }

  #run(at: number): number {
    return digitsAt(this.#text, at);
  }

  #number(at: number, width: number): number {
    return numberAt(this.#text, at, width);
  }
}
