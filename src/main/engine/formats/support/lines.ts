/**
 * Splits a byte stream into lines without copying them twice, whatever the chunks are. A line too long to hold is
 * measured and not kept, so that memory stays bounded by {@link LONGEST_LINE} whatever is opened.
 */
import { isAscii, isUtf8 } from "node:buffer";
import { DEAD_LETTER_RAW_LIMIT, type Surroundings } from "../../../../shared/model/dead-letter.ts";
import type { Parser, Position, RecordSink } from "../format.ts";

export const LONGEST_LINE = 16 * 1024 * 1024;

const LINE_FEED = 0x0a;
const CARRIAGE_RETURN = 0x0d;
const UTF8_MARK = [0xef, 0xbb, 0xbf] as const;
const FIRST_CARRY = 4_096;
/** A carry buffer that one long line has grown is given back once the line is done. */
const LARGEST_IDLE_CARRY = 1024 * 1024;

/** A line of the source, valid while the handler runs. `offset` and `length` are bytes and leave out the line end. */
export interface LineHandler {
  line(text: string, offset: number, length: number, line: number, lines: LineReader): void;
  /**
   * Asked first for a line whose bytes `from … to` are valid UTF-8 without NUL: true when it has been read, and needs no
   * text.
   */
  bytes?(bytes: Buffer, from: number, to: number, offset: number, line: number): boolean;
  /** Called before a line that is too long becomes a dead letter. */
  tooLong?(): void;
  /** False when lines are not the units of the format: the handler counts what it reads. */
  readonly countsLines?: boolean;
}

/** Bytes of a line as text; what is no UTF-8 and NUL read as U+FFFD. `decode` of a format must use this one too. */
export function lineText(bytes: Uint8Array): string {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const text = buffer.toString("utf8");
  return text.includes("\0") ? text.replaceAll("\0", "\ufffd") : text;
}

/**
 * Counts every line as read (unless the handler counts its own units) and hands it over. Too long lines become dead
 * letters here, for no line format can read them.
 */
export class LineReader implements Parser {
  readonly #sink: RecordSink;
  readonly #handler: LineHandler;
  #carry: Buffer = Buffer.allocUnsafe(FIRST_CARRY);
  #carried = 0;
  /** Bytes of the current line that were dropped because it is too long. */
  #dropped = 0;
  #lastByte = 0;
  /** Offset of the current line in the stream. */
  #lineStart = 0;
  #line = 0;
  #started = false;
  #current: Buffer = this.#carry;
  #currentStart = 0;
  #currentEnd = 0;

  /** `from` is where the bytes begin, at the beginning of a line; absent for the beginning of the source. */
  constructor(sink: RecordSink, handler: LineHandler, from?: Position) {
    this.#sink = sink;
    this.#handler = handler;
    if (from === undefined) return;
    this.#lineStart = from.offset;
    this.#line = from.line;
    this.#started = true;
  }

  /** The current line's own bytes, copied: at most what a dead letter keeps. */
  raw(): Uint8Array {
    const end = Math.min(this.#currentEnd, this.#currentStart + DEAD_LETTER_RAW_LIMIT);
    return Uint8Array.prototype.slice.call(this.#current, this.#currentStart, end);
  }

  /** Files the current line as a dead letter of the parse stage. */
  deadLetter(
    reason: string,
    message: string,
    offset: number,
    length: number,
    line: number,
    around?: Surroundings,
  ): void {
    this.#sink.deadLetter({ offset, length, line, stage: "parse", reason, message, raw: this.raw(), around });
  }

  push(chunk: Uint8Array): void {
    if (chunk.byteLength === 0) return;
    const bytes = Buffer.from(chunk.buffer, chunk.byteOffset, chunk.byteLength);
    if (this.#started) this.#split(bytes);
    else this.#begin(bytes, false);
  }

  end(): void {
    if (!this.#started) this.#begin(Buffer.alloc(0), true);
    if (this.#carried + this.#dropped === 0) return;
    this.#finish(this.#carry, 0, this.#carried, this.#kindOf(this.#carry, 0, this.#carried));
  }

  /** Holds up to two bytes back until a byte order mark can be told from text, for chunks may cut it. */
  #begin(chunk: Buffer, ended: boolean): void {
    const bytes = this.#carried === 0 ? chunk : Buffer.concat([this.#carry.subarray(0, this.#carried), chunk]);
    const [first = 0, second = 0, third = 0] = bytes;
    this.#carried = 0;
    if (!ended && bytes.length < UTF8_MARK.length && first === UTF8_MARK[0]) {
      return this.#keep(bytes, 0, bytes.length);
    }
    this.#started = true;
    const marked = first === UTF8_MARK[0] && second === UTF8_MARK[1] && third === UTF8_MARK[2];
    if (marked) this.#lineStart = UTF8_MARK.length;
    this.#split(marked ? bytes.subarray(UTF8_MARK.length) : bytes);
  }

  #split(bytes: Buffer): void {
    let from = 0;
    let at = bytes.indexOf(LINE_FEED);
    if (at >= 0 && this.#carried + this.#dropped > 0) {
      this.#keep(bytes, 0, at);
      this.#finish(this.#carry, 0, this.#carried, this.#kindOf(this.#carry, 0, this.#carried), 1);
      from = at + 1;
      at = bytes.indexOf(LINE_FEED, from);
    }
    if (at >= 0) {
      const kind = this.#kindOf(bytes, from, bytes.lastIndexOf(LINE_FEED));
      while (at >= 0) {
        this.#finish(bytes, from, at, kind, 1);
        from = at + 1;
        at = bytes.indexOf(LINE_FEED, from);
      }
    }
    this.#keep(bytes, from, bytes.length);
  }

  /** Keeps the piece of an unfinished line, or only its length when it has grown too long. */
  #keep(bytes: Buffer, from: number, to: number): void {
    if (from >= to) return;
    this.#lastByte = bytes[to - 1] ?? 0;
    if (this.#dropped > 0 || this.#carried + (to - from) > LONGEST_LINE) return this.#keepHead(bytes, from, to);
    const size = this.#carried + (to - from);
    if (size > this.#carry.length) {
      const larger = Buffer.allocUnsafe(Math.min(Math.max(size, this.#carry.length * 2), LONGEST_LINE));
      this.#carry.copy(larger, 0, 0, this.#carried);
      this.#carry = larger;
    }
    bytes.copy(this.#carry, this.#carried, from, to);
    this.#carried = size;
  }

  #keepHead(bytes: Buffer, from: number, to: number): void {
    if (this.#carried > DEAD_LETTER_RAW_LIMIT) {
      this.#dropped += this.#carried - DEAD_LETTER_RAW_LIMIT;
      this.#carried = DEAD_LETTER_RAW_LIMIT;
    }
    const head = Math.min(to - from, DEAD_LETTER_RAW_LIMIT - this.#carried);
    if (this.#carry.length < DEAD_LETTER_RAW_LIMIT || this.#carry.length > LARGEST_IDLE_CARRY) {
      const sized = Buffer.allocUnsafe(DEAD_LETTER_RAW_LIMIT);
      this.#carry.copy(sized, 0, 0, this.#carried);
      this.#carry = sized;
    }
    bytes.copy(this.#carry, this.#carried, from, from + head);
    this.#carried += head;
    this.#dropped += to - from - head;
    this.#lastByte = bytes[to - 1] ?? 0;
  }

  /** Of lines that end at `to`: many are decoded as one of them has to be. */
  #kindOf(bytes: Buffer, from: number, to: number): Kind {
    const lines = bytes.subarray(from, to);
    if (isPlain(lines)) return "plain";
    return this.#handler.bytes !== undefined && isUtf8(lines) && !lines.includes(0) ? "utf8" : "any";
  }

  #finish(bytes: Buffer, start: number, to: number, kind: Kind, lineEnd = 0): void {
    // Files that each began with a byte order mark may have been joined: it is no part of any line.
    const marked = kind !== "plain" && startsWithMark(bytes, start, to);
    const from = marked ? start + UTF8_MARK.length : start;
    if (marked) this.#lineStart += UTF8_MARK.length;
    const offset = this.#lineStart;
    const whole = to - from + (bytes === this.#carry ? this.#dropped : 0);
    const last = bytes === this.#carry && this.#dropped > 0 ? this.#lastByte : bytes[to - 1];
    const cut = whole > 0 && last === CARRIAGE_RETURN ? 1 : 0;
    const length = whole - cut;
    const tooLong = whole > LONGEST_LINE;
    this.#lineStart = offset + whole + lineEnd;
    this.#line += 1;
    this.#carried = 0;
    this.#dropped = 0;
    this.#current = bytes;
    this.#currentStart = from;
    this.#currentEnd = tooLong ? to : to - cut;
    if (tooLong || this.#handler.countsLines !== false) this.#sink.read();
    if (tooLong) this.#tooLong(offset, length);
    else if (kind === "any" || this.#handler.bytes?.(bytes, from, to - cut, offset, this.#line) !== true)
      this.#handler.line(
        kind === "plain" ? bytes.toString("latin1", from, to - cut) : this.#decode(from, to - cut),
        offset,
        length,
        this.#line,
        this,
      );
    if (this.#carry.length > LARGEST_IDLE_CARRY) this.#carry = Buffer.allocUnsafe(FIRST_CARRY);
  }

  #decode(from: number, to: number): string {
    const bytes = this.#current.subarray(from, to);
    const text = lineText(bytes);
    if (text.includes("\ufffd")) {
      if (!isUtf8(bytes))
        this.#sink.warn("bad-utf8", `Line ${this.#line} holds bytes that are no UTF-8; they show as \ufffd.`);
      if (bytes.includes(0)) this.#sink.warn("nul-bytes", `Line ${this.#line} holds NUL bytes; they show as \ufffd.`);
    }
    return text;
  }

  #tooLong(offset: number, length: number): void {
    this.#handler.tooLong?.();
    const message = `Line ${this.#line} at byte ${offset} is ${length} bytes long, over the limit of ${LONGEST_LINE / 1024 / 1024} MiB; edit it down to what matters, or split it in its source.`;
    this.deadLetter("line-too-long", message, offset, length, this.#line);
  }
}

const startsWithMark = (bytes: Buffer, from: number, to: number): boolean =>
  to - from >= UTF8_MARK.length && UTF8_MARK.every((byte, index) => bytes[from + index] === byte);

/** How bytes become text: plain ones one by one, valid UTF-8 without NUL as it is, any other with replacements. */
type Kind = "plain" | "utf8" | "any";

/** Plain bytes decode as Latin-1, the fastest way there is. */
const isPlain = (bytes: Buffer): boolean => isAscii(bytes) && !bytes.includes(0);
