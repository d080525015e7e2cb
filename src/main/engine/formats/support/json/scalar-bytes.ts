/**
 * Scalars of JSON (RFC 8259) in bytes of valid UTF-8: where one ends, and what it holds. Four bytes are looked at at a
 * time, by the tests of https://graphics.stanford.edu/~seander/bithacks.html#HasLessInWord.
 */
const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const MINUS = 0x2d;
const ZERO = 0x30;
const NINE = 0x39;
const DOT = 0x2e;
const WORD_BYTES = 4;

/** Longer numbers have more digits than a double can hold. */
const LONGEST_EXACT = 18;
const POWERS_OF_TEN = Array.from({ length: LONGEST_EXACT }, (_, power) => 10 ** power);

/** What ends a run of ordinary characters of a string: the quote, a backslash, and what may not stand in one. */
const ENDS_RUN = new Uint8Array(256).fill(1, 0, 0x20);
ENDS_RUN[QUOTE] = 1;
ENDS_RUN[BACKSLASH] = 1;

const ESCAPES = new Uint8Array(256);
for (const letter of '"\\/bfnrt') ESCAPES[letter.charCodeAt(0)] = 1;

/** What a scalar begins with. */
const STARTS = new Uint8Array(256).fill(1, ZERO, NINE + 1);
for (const letter of '"-tfn') STARTS[letter.charCodeAt(0)] = 1;

const LITERALS = ["true", "false", "null"] as const;

const isDigit = (code: number | undefined): boolean => code !== undefined && code >= ZERO && code <= NINE;
const isHex = (code: number): boolean =>
  isDigit(code) || (code >= 0x41 && code <= 0x46) || (code >= 0x61 && code <= 0x66);

/** Reads one scalar after the other. No byte behind the end of the buffer is ever asked for: V8 then gives up its speed. */
export class ScalarReader {
  #bytes: Buffer = Buffer.alloc(0);
  #view: DataView = new DataView(new ArrayBuffer(0));
  /** Of the string that was read last. */
  #escaped = false;
  /** Its bytes together: below 0x80 in each byte when it is ASCII. */
  #all = 0;

  use(bytes: Buffer): DataView {
    if (bytes !== this.#bytes) {
      this.#bytes = bytes;
      this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
    }
    return this.#view;
  }

  startsAt(at: number): boolean {
    return STARTS[this.#bytes[at] ?? 0] === 1;
  }

  /** Whether `literal` (its bytes in whole words, and its last four) stands at `at`, before `to`. */
  matches({ words, length, last, bytes: own }: Literal, at: number, to: number): boolean {
    if (at + length > to) return false;
    if (length < WORD_BYTES) {
      for (let index = 0; index < length; index += 1) if (own[index] !== this.#bytes[at + index]) return false;
      return true;
    }
    const view = this.#view;
    for (let index = 0; index < words.length; index += 1)
      if (words[index] !== view.getInt32(at + index * WORD_BYTES, true)) return false;
    return view.getInt32(at + length - WORD_BYTES, true) === last;
  }

  /** The index after the scalar that starts at `at`; -1 when it is none, or does not end before `to`. */
  end(at: number, to: number): number {
    const first = this.#bytes[at] ?? 0;
    if (first === QUOTE) return this.#stringEnd(at + 1, to);
    return first === MINUS || isDigit(first) ? this.#numberEnd(at, to) : this.#literalEnd(at, to);
  }

  /** Whether {@link end} has just found the end of a string of ASCII characters without escapes. */
  isPlainString(at: number): boolean {
    return this.#bytes[at] === QUOTE && !this.#escaped && (this.#all & 0x80808080) === 0;
  }

  /** What {@link end} has just found the end of. */
  value(at: number, end: number): string | number | boolean | null {
    const bytes = this.#bytes;
    switch (bytes[at]) {
      case QUOTE:
        if (this.#escaped) return JSON.parse(bytes.toString("utf8", at, end)) as string;
        return bytes.toString("utf8", at + 1, end - 1);
      case 0x74:
        return true;
      case 0x66:
        return false;
      case 0x6e:
        return null;
      default:
        return this.#number(at, end);
    }
  }

  /**
   * What is written with few digits is a whole number that a double holds, divided by a power of ten that one holds too:
   * the result is the nearest double (W. Clinger, How to read floating point numbers accurately, 1990).
   */
  #number(from: number, end: number): number {
    const bytes = this.#bytes;
    const isNegative = bytes[from] === MINUS;
    let digits = end - from > LONGEST_EXACT ? Infinity : 0;
    let point = end;
    for (let at = isNegative ? from + 1 : from; at < end && digits <= Number.MAX_SAFE_INTEGER; at += 1) {
      const code = bytes[at] ?? 0;
      if (code === DOT) point = at + 1;
      else digits = code > NINE ? Infinity : digits * 10 + code - ZERO;
    }
    if (digits > Number.MAX_SAFE_INTEGER) return Number(bytes.toString("latin1", from, end));
    const value = digits / (POWERS_OF_TEN[end - point] ?? 1);
    return isNegative ? -value : value;
  }

  #stringEnd(from: number, to: number): number {
    const bytes = this.#bytes;
    this.#escaped = false;
    this.#all = 0;
    let at = from;
    for (;;) {
      at = this.#runEnd(at, to);
      if (at >= to) return -1;
      const code = bytes[at];
      if (code === QUOTE) return at + 1;
      if (code !== BACKSLASH || at + 1 >= to) return -1;
      this.#escaped = true;
      const escape = bytes[at + 1] ?? 0;
      if (ESCAPES[escape] === 1) at += 2;
      else if (escape === 0x75 && this.#hexDigits(at + 2, to)) at += 6;
      else return -1;
    }
  }

  /** Where the run of ordinary characters ends that starts at `from`; `to` at the latest. */
  #runEnd(from: number, to: number): number {
    const view = this.#view;
    let all = this.#all;
    let at = from;
    for (; at + WORD_BYTES <= to; at += WORD_BYTES) {
      const word = view.getInt32(at, true);
      // With this bit turned a quote is 0x20: what may not stand in a string, and what ends it, are then below 0x21.
      const turned = word ^ 0x02020202;
      const slash = word ^ 0x5c5c5c5c;
      const ends = (((turned - 0x21212121) & ~turned) | ((slash - 0x01010101) & ~slash)) & 0x80808080;
      if (ends !== 0) {
        // The lowest bit that is set tells of the first byte; those above it may be wrong.
        const first = ends & -ends;
        this.#all = all | (word & (first - 1));
        return at + ((31 - Math.clz32(first)) >> 3);
      }
      all |= word;
    }
    const bytes = this.#bytes;
    for (; at < to; at += 1) {
      const code = bytes[at] ?? 0;
      if (ENDS_RUN[code] === 1) break;
      all |= code;
    }
    this.#all = all;
    return at;
  }

  #hexDigits(from: number, to: number): boolean {
    if (from + 4 > to) return false;
    for (let at = from; at < from + 4; at += 1) if (!isHex(this.#bytes[at] ?? 0)) return false;
    return true;
  }

  #literalEnd(at: number, to: number): number {
    for (const literal of LITERALS) {
      const end = at + literal.length;
      if (end <= to && this.#bytes.toString("latin1", at, end) === literal) return end;
    }
    return -1;
  }

  #numberEnd(from: number, to: number): number {
    const bytes = this.#bytes;
    let at = bytes[from] === MINUS ? from + 1 : from;
    if (at < to && bytes[at] === ZERO) at += 1;
    else if ((at = this.#digitsEnd(at, to)) < 0) return -1;
    if (at < to && bytes[at] === DOT && (at = this.#digitsEnd(at + 1, to)) < 0) return -1;
    if (at + 1 >= to || (bytes[at] !== 0x65 && bytes[at] !== 0x45)) return at;
    const sign = bytes[at + 1];
    return this.#digitsEnd(sign === MINUS || sign === 0x2b ? at + 2 : at + 1, to);
  }

  /** The index after one digit or more; -1 when there is none. */
  #digitsEnd(from: number, to: number): number {
    let at = from;
    while (at < to && isDigit(this.#bytes[at])) at += 1;
    return at === from ? -1 : at;
  }
}

/** Bytes to compare with, four at a time. */
export interface Literal {
  readonly bytes: Uint8Array;
  readonly length: number;
  readonly words: Int32Array;
  /** The last four bytes as a word, which may lie across two of `words`. */
  readonly last: number;
}

export function literalOf(text: string): Literal {
  const bytes = new Uint8Array(Buffer.from(text));
  const view = new DataView(bytes.buffer);
  const words = Int32Array.from({ length: Math.floor(bytes.length / WORD_BYTES) }, (_, index) =>
    view.getInt32(index * WORD_BYTES, true),
  );
  const last = bytes.length < WORD_BYTES ? 0 : view.getInt32(bytes.length - WORD_BYTES, true);
  return { bytes, length: bytes.length, words, last };
}
