/**
 * Reads the day of a time in the layouts that logs use, up to where its clock begins: 2026-06-09, 10/Oct/2000, Jun 14,
 * 081109, Mon, 15 Jun 2015, Mon 2015-06-15, I0612.
 */
import { digitsAt, isDigit, isLetter, numberAt } from "../characters.ts";
import { isDate, monthOfName } from "./civil.ts";
import type { DateOrder } from "./date-order.ts";

const WEEKDAYS = new Set(["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"]);
/** Of logs that anybody still reads. */
const FIRST_LIKELY_YEAR = 1_990;
const LAST_LIKELY_YEAR = 2_099;
/** Blanks between the columns of a day and of a clock. */
const WIDEST_JOINT = 8;

const SPACE = 0x20;
const COMMA = 0x2c;
const DASH = 0x2d;
const DOT = 0x2e;
const SLASH = 0x2f;
const COLON = 0x3a;
const OPENING_BRACKET = 0x5b;

const isBlank = (code: number): boolean => code === SPACE || code === 0x09;

/** Holds what it read last, so that a million lines make no garbage. */
export class DayReader {
  /** 0 where none is stated. */
  year = 0;
  month = 0;
  day = 0;
  /** The clock may be written without colons, as the day is. */
  isCompact = false;
  /** The year may stand behind the clock. */
  awaitsYear = false;
  #isWeekdayStated = false;
  #text = "";
  readonly #order: DateOrder;

  /** `order` is that of dates of numbers, as far as their file tells it. */
  constructor(order: DateOrder) {
    this.#order = order;
  }

  /** The day that starts with the digits at `from`: the index of its clock, or 0. */
  fromDigits(text: string, from: number, width: number): number {
    this.#begin(text);
    const after = from + width;
    const separator = text.charCodeAt(after);
    if (width === 4) {
      if (separator === SPACE) return this.#yearThenName(from);
      if (separator !== DASH && separator !== SLASH && separator !== DOT) return 0;
      return this.#afterJoint(this.#yearMonthDay(from, separator));
    }
    if (width <= 2) {
      const separates = separator === SLASH || separator === DASH || separator === DOT || separator === SPACE;
      return separates ? this.#smallFirst(from, width, separator) : 0;
    }
    this.isCompact = true;
    if (width === 6 && separator === SPACE) {
      this.year = this.#century(this.#number(from, 2));
      this.month = this.#number(from + 2, 2);
      this.day = this.#number(from + 4, 2);
      return after + 1;
    }
    if (width !== 8 && width !== 14) return 0;
    this.year = this.#number(from, 4);
    this.month = this.#number(from + 4, 2);
    this.day = this.#number(from + 6, 2);
    return width === 14 ? from + 8 : this.#afterJoint(after);
  }

  /** The day that starts with a name at `from`: the index of its clock, or 0. */
  fromLetters(text: string, from: number): number {
    this.#begin(text);
    return this.#startsWithLetter(from);
  }

  /** Whether the text is a day and nothing else. */
  whole(text: string): boolean {
    this.#begin(text);
    if (this.#run(0) !== 4 || text.length > 11) return false;
    const separator = text.charCodeAt(4);
    if (separator !== DASH && separator !== SLASH) return false;
    return this.#yearMonthDay(0, separator) === text.length;
  }

  /** Whether four digits stand there that a log of today writes as its year; without a weekday they could be a host's. */
  isYearAt(at: number): boolean {
    if (this.#run(at) !== 4) return false;
    const year = this.#number(at, 4);
    return this.#isWeekdayStated || (year >= FIRST_LIKELY_YEAR && year <= LAST_LIKELY_YEAR);
  }

  #begin(text: string): void {
    this.#text = text;
    this.isCompact = false;
    this.awaitsYear = false;
  }

  /** Switches of Cisco put the year first: 2015 Jun 14 15:16:01. */
  #yearThenName(from: number): number {
    if (!isLetter(this.#text.charCodeAt(from + 5))) return 0;
    const at = this.#monthFirst(from + 5, false);
    this.year = this.#number(from, 4);
    this.awaitsYear = false;
    return isDate(this.year, this.month, this.day) ? at : 0;
  }

  /** 2026-06-09, 2026/6/9, 2026-Jun-09: the index after it, or 0. */
  #yearMonthDay(from: number, separator: number): number {
    this.year = this.#number(from, 4);
    let at = from + 5;
    const width = this.#run(at);
    if (width === 0) {
      this.month = monthOfName(this.#text.slice(at, at + 3));
      at += 3;
    } else if (width <= 2) {
      this.month = this.#number(at, width);
      at += width;
    } else return 0;
    if (this.#text.charCodeAt(at) !== separator) return 0;
    const days = this.#run(at + 1);
    if (days === 0 || days > 2) return 0;
    this.day = this.#number(at + 1, days);
    return isDate(this.year, this.month, this.day) ? at + 1 + days : 0;
  }

  /** 10/Oct/2000:13:55:36, 06 Sep 2017 12:00, 17/06/09 20:10:40, 6/9/17 …, 06/09/2017 …, 09.06.2017 …, 05-26 11:18:41. */
  #smallFirst(from: number, width: number, separator: number): number {
    const text = this.#text;
    const first = this.#number(from, width);
    let at = from + width + 1;
    const month = isLetter(text.charCodeAt(at)) ? monthOfName(text.slice(at, at + 3)) : 0;
    if (month > 0) {
      this.day = first;
      this.month = month;
      at += 3;
      if (text.charCodeAt(at) !== separator) return 0;
      const years = this.#run(at + 1);
      if (years !== 4 && years !== 2) return 0;
      // Redis Sentinel leaves out the year: 13 Apr 12:52:30
      if (years === 2 && separator === SPACE && text.charCodeAt(at + 3) === COLON) {
        this.year = 0;
        return at + 1;
      }
      const year = this.#number(at + 1, years);
      this.year = years === 4 ? year : this.#century(year);
      at += 2 + years;
      // Erlang: 7-May-2026::13:58:00
      return text.charCodeAt(at - 1) === COLON && text.charCodeAt(at) === COLON ? at + 1 : at;
    }
    if (separator === SPACE) return 0;
    const middle = this.#run(at);
    if (middle === 0 || middle > 2) return 0;
    const second = this.#number(at, middle);
    at += middle;
    // Proxifier, in brackets: [06.12 13:58:00]
    const isMonthFirst = separator === DASH || (separator === DOT && text.charCodeAt(from - 1) === OPENING_BRACKET);
    if (isMonthFirst && width === 2 && text.charCodeAt(at) === SPACE) {
      this.year = 0;
      this.month = first;
      this.day = second;
      return at + 1;
    }
    if (text.charCodeAt(at) !== separator) return 0;
    const last = this.#run(at + 1);
    const third = this.#number(at + 1, last);
    if (last === 4) {
      this.year = third;
      const dayFirst = separator !== SLASH || first > 12 || this.#order === "day-first";
      this.month = dayFirst ? second : first;
      this.day = dayFirst ? first : second;
    } else if (last === 2 && this.#order === "day-first") {
      this.year = this.#century(third);
      this.month = second;
      this.day = first;
    } else if (last === 2 && separator === SLASH && (width === 1 || this.#order === "month-first")) {
      this.year = this.#century(third);
      this.month = first;
      this.day = second;
    } else if (last === 2 && width === 2) {
      this.year = this.#century(first);
      this.month = second;
      this.day = third;
    } else return 0;
    at += 1 + last;
    if (text.charCodeAt(at) === COMMA) at += 1;
    return this.#afterJoint(at);
  }

  #startsWithLetter(from: number): number {
    const text = this.#text;
    const word = text.slice(from, from + 3);
    if (monthOfName(word) > 0) return this.#monthFirst(from, false);
    if (WEEKDAYS.has(word)) {
      let at = from + 3;
      if (text.charCodeAt(at) === COMMA) at += 1;
      if (text.charCodeAt(at) !== SPACE) return 0;
      const width = this.#run(at + 1);
      // journalctl -o short-full: Fri 2026-06-12 10:00:00 CEST
      if (width === 4 && text.charCodeAt(at + 5) === DASH) return this.#afterJoint(this.#yearMonthDay(at + 1, DASH));
      if (width > 0) return this.#smallFirst(at + 1, width, SPACE);
      return this.#monthFirst(at + 1, true);
    }
    // klog and glog: I0612 10:11:12.123456, newer ones with the year: I20260612 10:11:12.123456
    if (!"IWEF".includes(text.charAt(from))) return 0;
    const digits = this.#run(from + 1);
    const at = from + 1 + digits;
    if ((digits !== 4 && digits !== 8) || text.charCodeAt(at) !== SPACE) return 0;
    this.year = digits === 8 ? this.#number(from + 1, 4) : 0;
    this.month = this.#number(at - 4, 2);
    this.day = this.#number(at - 2, 2);
    return at + 1;
  }

  /**
   * Jun 14 15:16:01, Jun 14 2015 15:16:01, Jun 14, 2015, 3:16:01 PM, Jun 14 15:16:01 2015, and after a weekday
   * Dec 04 04:47:44.123456 [UTC] 2005 [-0700].
   */
  #monthFirst(from: number, weekday: boolean): number {
    const text = this.#text;
    this.month = monthOfName(text.slice(from, from + 3));
    let at = from + 3;
    if (this.month === 0 || text.charCodeAt(at) !== SPACE) return 0;
    while (text.charCodeAt(at) === SPACE) at += 1;
    const days = this.#run(at);
    if (days === 0 || days > 2) return 0;
    this.day = this.#number(at, days);
    this.year = 0;
    at += days;
    if (text.charCodeAt(at) === COMMA) at += 1;
    if (text.charCodeAt(at) !== SPACE) return 0;
    at += 1;
    if (this.#run(at) === 4 && (text.charCodeAt(at + 4) === SPACE || text.startsWith(", ", at + 4))) {
      this.year = this.#number(at, 4);
      at += text.charCodeAt(at + 4) === COMMA ? 6 : 5;
      // Kibana: May 7, 2026 @ 13:58:00.000
      if (text.startsWith("@ ", at)) at += 2;
    }
    this.awaitsYear = this.year === 0;
    this.#isWeekdayStated = weekday;
    return at;
  }

  /** Where the clock begins behind what joins it to a day that ends at `at`; 0 where nothing does, or no day does. */
  #afterJoint(at: number): number {
    if (at === 0) return 0;
    const text = this.#text;
    const code = text.charCodeAt(at);
    let end = at + 1;
    // T, blanks or tabs (columns of W3C logs), and rarer ones.
    if (isBlank(code)) while (end < at + WIDEST_JOINT && isBlank(text.charCodeAt(end))) end += 1;
    else if (code !== 0x54 && code !== 0x74 && code !== 0x5f && code !== DASH && code !== COLON) return 0;
    return isDigit(text.charCodeAt(end)) ? end : 0;
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
