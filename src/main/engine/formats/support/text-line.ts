/**
 * Reads the head of a text line: its time, level, and what names its origin (syslog's host and program, a thread, a
 * logger). What is left is the message. Patterns run only at the place where the head stands, never over the line.
 */
import type { FieldValue, Fields, Timestamp } from "../../../../shared/model/record.ts";
import { Level } from "../../../../shared/model/level.ts";
import { idsInText, traceIdOf, type Ids } from "./ids.ts";
import { readLevel, type FoundLevel } from "./text-level.ts";
import type { TimeReader } from "./time.ts";

/** A time further in belongs to the text. */
const FURTHEST_TIME = 160;
const MOST_TIME_PLACES = 8;

/** host program[pid]: or host facility.level program[pid]: after a time without a year, RFC 3164. */
const SYSLOG = / ([^\s:[\]{}="]+) (?:(\w+\.\w+) )?([^\s:[\]="]+(?: [\d.]+)?)(?:\[([\w.-]+)\])?: ?/y;
/** After other times the pid is needed to tell it from text. */
const SYSLOG_WITH_PID = / ([^\s:[\]{}="]+) ([^\s:[\]="]+)\[(\d+)\]: ?/y;
const SYSLOG_HOST_ALONE = / ([^\s:[\]{}="]+) (?=last message repeated|-- )/y;
const COMPOSE = /^(?:\u001b\[\d*K)?([\w.-]+)\s*\| /;
const ESCAPES = /\u001b\[[0-9;?]*[A-Za-z]/g;
const SPRING =
  /\s*(\d+) --- (?:\[([^\]]*)\] )?(?:\[\s*([^\]]*)\] )?(?:\[([0-9a-f]{16,32})-([0-9a-f]{16})\] )?(\S+)\s+: /y;
const THREAD = /[\s|:-]*\[([^\][]{1,80})\][\s:|]*/y;
const NUMBER = /\s*(\d{1,10})(?=\s)/y;
const LOGGER = /[\s|-]*([A-Za-z_][\w$./#-]*)(?:\[(\d+)\])?(?::(?=\s)| - | \| )\s*/y;
const SEPARATORS = /[\s:|\]-]*/y;

export class TextLineReader {
  time: Timestamp | null = null;
  /** Whether the line has a time at all, and whether it states its day and its zone. */
  timed = false;
  dated = false;
  zoned = false;
  outOfRange = false;
  /** Whether the time (or the level before it) opens the line. */
  leading = false;
  level: Level = Level.none;
  service: string | null = null;
  message = "";
  ids: Ids = {};

  readonly #times: TimeReader;
  readonly #pairs: [string, FieldValue][] = [];
  readonly #level: FoundLevel = { level: Level.none, start: 0, end: 0, certain: false };

  constructor(times: TimeReader) {
    this.#times = times;
  }

  /** What the head holds, as it is written; for the line that was read last. */
  get fields(): Fields {
    return this.#pairs.slice();
  }

  /** Reads a line; it is usable whether a time was found or not. */
  read(line: string): void {
    this.#pairs.length = 0;
    this.ids = {};
    this.level = Level.none;
    this.service = null;
    this.time = null;
    const text = line.includes("\u001b") ? line.replace(ESCAPES, "") : line;
    const start = this.#composeService(text);
    const timeStart = this.#findTime(text, start);
    this.timed = timeStart >= 0;
    const head = this.timed ? this.#takeTime(text, timeStart) : start;
    const body =
      this.timed && this.#syslog(text, head, timeStart)
        ? this.#bodyStart
        : this.#readHead(text, head, start, timeStart);
    this.message = body === 0 ? text : text.slice(body);
    if (this.message.length === 0) this.message = text;
    idsInText(text, this.ids);
  }

  #bodyStart = 0;

  /** `docker compose logs` puts the container before each line. */
  #composeService(text: string): number {
    if (!isNameStart(text.charCodeAt(0)) || text.indexOf("| ") < 0) return 0;
    const match = COMPOSE.exec(text);
    if (match === null || this.#isLevel(match[1] ?? "")) return 0;
    this.service = match[1] ?? null;
    this.#pairs.push(["container", match[1] ?? ""]);
    return match[0].length;
  }

  #isLevel(word: string): boolean {
    readLevel(word, 0, this.#level);
    return this.#level.level !== Level.none;
  }

  /** Where the time starts, or -1; {@link TimeReader.end} says where it ends. */
  #findTime(text: string, start: number): number {
    this.leading = true;
    if (this.#times.prefix(text, start)) return start;
    const first = text.charCodeAt(start);
    if (Number.isNaN(first) || first <= 0x20 || first === 0x7b) return -1;
    this.leading = false;
    let at = start;
    for (let places = 0; places < MOST_TIME_PLACES; places += 1) {
      at = nextPlace(text, at);
      if (at < 0 || at > start + FURTHEST_TIME) return -1;
      if (this.#times.prefix(text, at) && this.#times.dated) {
        this.leading = this.#isLevel(
          text
            .slice(start, at)
            .replace(/[\s[\]|:-]+/g, "")
            .slice(0, 20),
        );
        return at;
      }
    }
    return -1;
  }

  #takeTime(text: string, start: number): number {
    const times = this.#times;
    this.time = times.time;
    this.dated = times.dated;
    this.zoned = times.zoned;
    this.outOfRange = times.outOfRange;
    this.#pairs.push(["time", text.slice(start, times.end)]);
    return times.end;
  }

  #syslog(text: string, head: number, timeStart: number): boolean {
    if (text.charCodeAt(head) !== 0x20) return false;
    const first = text.charCodeAt(timeStart);
    const yearless = !this.zoned && first >= 0x41 && first !== 0x5b && text.charCodeAt(timeStart + 3) === 0x20;
    const pattern = yearless ? SYSLOG : SYSLOG_WITH_PID;
    pattern.lastIndex = head;
    const match = pattern.exec(text);
    if (match === null) return yearless && this.#syslogHost(text, head);
    const [whole, host = ""] = match;
    const facility = yearless ? match[2] : undefined;
    const program = (yearless ? match[3] : match[2]) ?? "";
    const pid = yearless ? match[4] : match[3];
    if (!yearless && this.#isLevel(host)) return false;
    this.#pairs.push(["host", host]);
    if (facility !== undefined) this.#pairs.push(["priority", facility]);
    this.#pairs.push(["program", program]);
    if (pid !== undefined) this.#pairs.push(["pid", pid]);
    this.service ??= program.replace(/\(.*$| .*$/, "") || program;
    this.#bodyStart = head + whole.length;
    readLevel(
      facility === undefined ? text : `[${facility.slice(facility.indexOf(".") + 1)}]`,
      facility === undefined ? this.#bodyStart : 0,
      this.#level,
    );
    if (this.#level.level !== Level.none) {
      this.level = this.#level.level;
      const word = facility?.slice(facility.indexOf(".") + 1) ?? text.slice(this.#level.start, this.#level.end);
      this.#pairs.push(["level", word]);
    }
    return true;
  }

  #syslogHost(text: string, head: number): boolean {
    SYSLOG_HOST_ALONE.lastIndex = head;
    const match = SYSLOG_HOST_ALONE.exec(text);
    if (match === null) return false;
    this.#pairs.push(["host", match[1] ?? ""]);
    this.#bodyStart = head + match[0].length;
    return true;
  }

  /** Level, thread, pid and logger after the time; where the message starts. */
  #readHead(text: string, head: number, start: number, timeStart: number): number {
    const found = this.#level;
    if (this.timed && !this.leading) return this.#inner(text, start, timeStart);
    if (timeStart > start) readLevel(text.slice(start, timeStart), 0, found);
    const before = timeStart > start && found.level !== Level.none;
    if (before) {
      found.start += start;
      found.end += start;
    } else this.#readLevelAfter(text, head, timeStart);
    if (found.level === Level.none) return this.timed ? skip(SEPARATORS, text, head) : start;
    this.level = found.level;
    this.#pairs.push(["level", text.slice(found.start, found.end)]);
    if (before) return this.#afterLevel(text, skip(SEPARATORS, text, head));
    const between = found.start >= head && this.#headOnly(text, head, found.start);
    return between ? this.#afterLevel(text, found.end) : skip(SEPARATORS, text, head);
  }

  #readLevelAfter(text: string, head: number, timeStart: number): void {
    readLevel(text, head, this.#level);
    const letter = text.charCodeAt(timeStart);
    if (
      this.#level.level !== Level.none ||
      !this.timed ||
      timeStart < 0 ||
      letter < 0x41 ||
      !isDigit(text.charCodeAt(timeStart + 1))
    )
      return;
    readLevel(` ${text.charAt(timeStart)} `, 0, this.#level);
    this.#level.start = timeStart;
    this.#level.end = timeStart + 1;
  }

  /** A time in the middle (access logs) splits nothing: the whole line is the message. */
  #inner(text: string, start: number, timeStart: number): number {
    const found = this.#level;
    const end = this.#times.end;
    readLevel(text.slice(start, timeStart), 0, found);
    const shift = found.level === Level.none ? 0 : start;
    if (found.level === Level.none) readLevel(text, end, found);
    const word = text.slice(found.start + shift, found.end + shift);
    if (found.level !== Level.none && (found.certain || word === word.toUpperCase())) {
      this.level = found.level;
      this.#pairs.push(["level", word]);
    }
    return start;
  }

  /** Whether only numbers and bracketed words stand between the time and the level; they are kept as fields then. */
  #headOnly(text: string, from: number, to: number): boolean {
    const kept = this.#pairs.length;
    let at = from;
    while (at < to) {
      THREAD.lastIndex = at;
      const thread = THREAD.exec(text);
      if (thread !== null && at + thread[0].length <= to) {
        this.#pairs.push(["thread", (thread[1] ?? "").trim()]);
        at += thread[0].length;
        continue;
      }
      NUMBER.lastIndex = at;
      const number = NUMBER.exec(text);
      if (number !== null) {
        this.#pairs.push(["pid", number[1] ?? ""]);
        at += number[0].length;
        continue;
      }
      const next = skip(SEPARATORS, text, at);
      const bracket =
        text.charCodeAt(next) === 0x5b || text.charCodeAt(next) === 0x3c || text.charCodeAt(next) === 0x28;
      if (next < to && !(bracket && next + 1 >= to)) {
        this.#pairs.length = kept;
        return false;
      }
      at = Math.max(next, to);
    }
    return true;
  }

  #afterLevel(text: string, from: number): number {
    const closing = text.charCodeAt(from);
    let at = closing === 0x5d || closing === 0x3e || closing === 0x29 ? from + 1 : from;
    SPRING.lastIndex = at;
    const spring = text.includes(" --- ") ? SPRING.exec(text) : null;
    if (spring !== null) return this.#spring(spring, at);
    if (text.charCodeAt(at) === 0x3a) at += 1;
    LOGGER.lastIndex = at;
    const logger = LOGGER.exec(text);
    const name = logger?.[1] ?? "";
    if (logger !== null && (/[./$#]/.test(name) || logger[2] !== undefined) && at + logger[0].length < text.length) {
      this.#pairs.push(["logger", name]);
      if (logger[2] !== undefined) this.#pairs.push(["pid", logger[2]]);
      return at + logger[0].length;
    }
    while (isSeparator(text.charCodeAt(at))) at += 1;
    return at >= text.length ? from : at;
  }

  #spring(match: RegExpExecArray, at: number): number {
    const [whole, pid = "", first, second, trace, span, logger = ""] = match;
    this.#pairs.push(["pid", pid]);
    if (second !== undefined) this.#pairs.push(["application", first ?? ""], ["thread", second.trim()]);
    else if (first !== undefined) this.#pairs.push(["thread", first.trim()]);
    if (second !== undefined && first) this.service ??= first;
    this.ids.traceId = traceIdOf(trace);
    this.ids.spanId = traceIdOf(span);
    this.#pairs.push(["logger", logger]);
    return at + whole.length;
  }
}

const isDigit = (code: number): boolean => code >= 0x30 && code <= 0x39;
const isNameStart = (code: number): boolean =>
  (code >= 0x61 && code <= 0x7a) || (code >= 0x41 && code <= 0x5a) || code === 0x1b;
const isSeparator = (code: number): boolean =>
  code === 0x20 || code === 0x09 || code === 0x7c || code === 0x2d || code === 0x3a;

function skip(pattern: RegExp, text: string, from: number): number {
  pattern.lastIndex = from;
  return from + (pattern.exec(text)?.[0].length ?? 0);
}

/** The next character after a space or an opening bracket that may open a time. */
function nextPlace(text: string, from: number): number {
  for (let at = from + 1; at < text.length && at < from + FURTHEST_TIME; at += 1) {
    const before = text.charCodeAt(at - 1);
    if (before !== 0x20 && before !== 0x5b && before !== 0x7c && before !== 0x09) continue;
    const code = text.charCodeAt(at);
    if (isDigit(code) || (code >= 0x41 && code <= 0x57)) return at;
  }
  return -1;
}
