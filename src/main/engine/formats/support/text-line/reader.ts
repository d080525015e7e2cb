/**
 * Reads the head of a text line: its time, level, and what names its origin (a container, syslog's host and program, a
 * thread, a logger). What is left is the message. Patterns run only at the place where the head stands, never over the line.
 */
import type { Fields, Timestamp } from "../../../../../shared/model/record.ts";
import { Level } from "../../../../../shared/model/level.ts";
import { isClosingBracket, isDigit, isOpeningBracket } from "../characters.ts";
import { idsInText, type Ids } from "../ids.ts";
import { KnownHeads } from "./known-heads.ts";
import { LineHead } from "./head.ts";
import { readLabels } from "./labels.ts";
import { readCollected, readOrigin, readProcess, readRfc5424, readStream } from "./origin.ts";
import { levelOfAnswer } from "./answer.ts";
import { readBefore } from "./before.ts";
import { readUnifiedGc } from "./gc.ts";
import { readInner, readLevelAndParts, readUntimed } from "./body.ts";
import { readRedis } from "./redis.ts";
import { readRas, readSupercomputer } from "./supercomputer.ts";
import { uptimeEnd, uptimeText } from "./uptime.ts";
import { clearPrefix, readPrefix, type LinePrefix } from "./prefix.ts";
import { isNumber, MOST_TIME_PLACES, nextPlace, FURTHEST_TIME } from "./time-places.ts";
import type { TimeReader } from "../time/reader.ts";
import type { TimeOfDay } from "../time/wall-clock.ts";

/** A head is short; patterns over millions of characters would exhaust the stack. */
const LONGEST_HEAD = 4_096;
/** Docker writes nanoseconds; a time right after such a one is the program's own. */
const FEWEST_RUNTIME_DIGITS = 7;

const COLON = 0x3a;
/** What may close a head that nothing follows. */
const BARE = /^[\s=]*$/;
const ESCAPES = /\u001b\[[0-9;?]*[A-Za-z]/g;

export class TextLineReader {
  time: Timestamp | null = null;
  /** Whether the line has a time at all, and whether it states its day and its zone. */
  timed = false;
  dated = false;
  zoned = false;
  outOfRange = false;
  /** The time where it states no day. */
  timeOfDay: TimeOfDay | null = null;
  /** Whether the time (or the level before it) opens the line. */
  leading = false;
  /** Whether a container's runtime or a collector wrote the head, and {@link message} is a program's own output. */
  wraps = false;
  message = "";
  /** The head is all that the line holds: the message stands below it. */
  isBare = false;

  readonly #times: TimeReader;
  readonly #head: LineHead;
  /** Absent for a reader that keeps fields, which each line has of its own. */
  readonly #known: KnownHeads | null;
  readonly #prefix: LinePrefix = { end: 0, wraps: false, opens: false, dialect: null };

  constructor(times: TimeReader, keepsFields = false) {
    this.#times = times;
    this.#head = new LineHead(keepsFields);
    this.#known = keepsFields ? null : new KnownHeads();
  }

  /** A priority of syslog opens the line: it is a record, whether it has a time or not. */
  get opens(): boolean {
    return this.#prefix.opens;
  }

  /** What the head holds, as it is written; for the line that was read last. */
  get fields(): Fields {
    return this.#head.fields;
  }

  get level(): Level {
    return this.#head.level;
  }

  get service(): string | null {
    return this.#head.service;
  }

  get ids(): Ids {
    return this.#head.ids;
  }

  /** Reads a line; it is usable whether a time was found or not. */
  read(line: string): void {
    const whole = line.includes("\u001b") ? line.replace(ESCAPES, "") : line;
    const text = whole.length > LONGEST_HEAD ? whole.slice(0, LONGEST_HEAD) : whole;
    const head = this.#head;
    head.clear();
    this.time = null;
    this.outOfRange = false;
    this.timeOfDay = null;
    this.isBare = false;
    // A time opens most lines, and no prefix begins with one, but for Redis' process before a colon.
    const opens = this.#times.prefix(text, 0) && text.charCodeAt(this.#times.end) !== COLON;
    if (opens && this.#readKnown(whole)) return;
    if (opens) clearPrefix(this.#prefix);
    else readPrefix(text, head, this.#prefix);
    const machine = opens ? -1 : this.#readMachine(text);
    if (machine >= 0) {
      this.message = whole.slice(machine);
      return idsInText(whole, head.ids);
    }
    const start = this.#prefix.end;
    this.leading = true;
    this.wraps = this.#prefix.wraps;
    const timeStart = opens ? 0 : this.#findTime(text, start);
    // Of a wrapped line only a time at its start is the head's; another is left to whoever reads the wrapped text.
    this.timed = timeStart >= 0 && (this.leading || !this.wraps);
    const timeEnd = this.#times.end;
    const body = this.timed ? this.#readHead(text, start, timeStart) : this.#readUntimed(text, start);
    if (opens && head.isKnowable) this.#learn(text, timeEnd, body);
    this.message = body <= 0 ? whole : whole.slice(body);
    this.isBare = this.timed && this.leading && BARE.test(this.message);
    if (this.message.length === 0) this.message = whole;
    if (this.timed && head.level === Level.none) head.level = levelOfAnswer(whole);
    idsInText(whole, head.ids);
  }

  /** Heads of machines: the kernel's uptime, a supercomputer's epoch. Where the message begins, or -1 for other lines. */
  #readMachine(text: string): number {
    const head = this.#head;
    const start = this.#prefix.end;
    const up = uptimeEnd(text, start);
    const found = up < 0 && start === 0 ? readSupercomputer(text, head) : null;
    const gc = up < 0 && found === null && text.charCodeAt(0) === 0x5b ? readUnifiedGc(text, head) : -1;
    if (up < 0 && found === null && gc < 0) return -1;
    this.timed = true;
    this.leading = true;
    this.wraps = false;
    this.dated = false;
    this.zoned = false;
    if (gc >= 0) return gc;
    if (found === null) {
      head.keep("uptime", uptimeText(text, start, up));
      const origin = text.includes("]: ", up) ? readProcess(text, up - 1, head) : -1;
      const end = Math.max(origin, up);
      return end < text.length ? end : -1;
    }
    if (!this.#times.prefix(text, found.epochAt)) return -1;
    this.#takeTime(text, found.epochAt);
    if (!this.#times.prefix(text, found.end)) return found.end;
    const at = this.#times.end;
    const ras = readRas(text, at, head);
    return ras >= 0 ? ras : Math.max(readOrigin(text, at, true, head), at);
  }

  /** Reads a line whose head came before, but for the time and digits; false when there is none such. */
  #readKnown(whole: string): boolean {
    const end = this.#times.end;
    const known = this.#hasOwnPlace(whole, end) ? (this.#known?.find(whole, end) ?? null) : null;
    if (known === null) return false;
    const head = this.#head;
    this.#takeTime(whole, 0);
    this.timed = true;
    this.leading = true;
    this.wraps = false;
    head.level = known.level;
    head.service = known.service;
    this.message = whole.slice(end + known.codes.length);
    idsInText(whole, head.ids);
    return true;
  }

  /** Whether the time says nothing of what may follow it: no month's name, no bracket left open, no runtime's digits. */
  #hasOwnPlace(text: string, end: number): boolean {
    const { zoned, time } = this.#times;
    const first = text.charCodeAt(0);
    if (text.length > LONGEST_HEAD || (zoned && (time?.digits ?? 0) >= FEWEST_RUNTIME_DIGITS)) return false;
    return isOpeningBracket(first) ? isClosingBracket(text.charCodeAt(end - 1)) : isDigit(first);
  }

  /** `from` is the end of the time, `to` the beginning of the message. */
  #learn(text: string, from: number, to: number): void {
    const { level, service, ids, isClosed } = this.#head;
    if (ids.traceId !== undefined || ids.requestId !== undefined || !this.#hasOwnPlace(text, from)) return;
    this.#known?.learn(text, from, to, { level, service, isClosed });
  }

  /** Where the time starts, or -1; {@link TimeReader.end} says where it ends. */
  #findTime(text: string, start: number): number {
    if (this.#times.prefix(text, start)) return start;
    const first = text.charCodeAt(start);
    if (Number.isNaN(first) || first <= 0x20 || first === 0x7b) return -1;
    let at = start;
    for (let places = 0; places < MOST_TIME_PLACES; places += 1) {
      at = nextPlace(text, at, start + FURTHEST_TIME);
      if (at < 0) break;
      if (!this.#times.prefix(text, at)) continue;
      const { dated } = this.#times;
      if (!dated && !isNumber(text, start, at)) continue;
      const end = isOpeningBracket(text.charCodeAt(at - 1)) ? at - 1 : at;
      this.leading = readBefore(text, start, end, dated, this.#head);
      return at;
    }
    this.leading = false;
    return -1;
  }

  #readUntimed(text: string, start: number): number {
    if (this.#prefix.dialect === "rfc5424" && text.startsWith("- ", start)) {
      const end = readRfc5424(text, start + 1, this.#head);
      if (end >= 0) return end;
    }
    return readUntimed(text, start, this.#head);
  }

  #readHead(text: string, start: number, timeStart: number): number {
    const head = this.#head;
    let at = this.#takeTime(text, timeStart);
    if (this.#prefix.dialect === "rfc5424") {
      const end = readRfc5424(text, at, head);
      if (end >= 0) return end;
    }
    if (!this.leading) return readInner(text, start, timeStart, this.#times.end, head);
    if (this.#prefix.dialect === "redis") return readRedis(text, at, this.#head);
    const streamEnd = Math.max(readStream(text, at, head), readLabels(text, at, head));
    if (streamEnd >= 0) {
      this.wraps = true;
      return streamEnd;
    }
    const digits = this.time?.digits ?? 0;
    const collected = this.zoned ? readCollected(text, at, digits, head) : -1;
    if (collected >= 0) {
      this.wraps = true;
      return collected;
    }
    if (this.zoned && digits >= FEWEST_RUNTIME_DIGITS) at = this.#passOwnTime(text, at);
    const origin = readOrigin(text, at, this.#isYearless(text, timeStart), head);
    if (origin >= 0) return origin;
    return readLevelAndParts(text, at, timeStart, head);
  }

  #takeTime(text: string, start: number): number {
    const times = this.#times;
    this.time = times.time;
    this.dated = times.dated;
    this.zoned = times.zoned;
    this.outOfRange = times.outOfRange;
    this.timeOfDay = times.dated ? null : times.timeOfDay;
    if (this.#head.keepsFields) this.#head.keep("time", text.slice(start, times.end));
    return times.end;
  }

  #passOwnTime(text: string, at: number): number {
    if (text.charCodeAt(at) !== 0x20 || !this.#times.prefix(text, at + 1) || !this.#times.dated) return at;
    this.wraps = true;
    this.#head.keep("log_time", text.slice(at + 1, this.#times.end));
    return this.#times.end;
  }

  /** Month names open it and no zone is stated: what RFC 3164 writes. */
  #isYearless(text: string, timeStart: number): boolean {
    const first = text.charCodeAt(timeStart);
    return !this.zoned && first >= 0x41 && first !== 0x5b && text.charCodeAt(timeStart + 3) === 0x20;
  }
}
