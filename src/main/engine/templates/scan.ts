/**
 * The first step of a template: what of a message is certainly a value (a number, an id, an address, a path, a time, what
 * follows "key=") becomes `<*>`, in one pass over the characters. Runs for every log record in the parser thread, so it
 * makes no string: equal skeletons are met again by their hash, and a text is made of a new one only.
 */
import { isDay, isLiteral, isMonth, isTextKey, isUnit } from "./words.ts";

/** What stands for a value in a skeleton and in a template. */
export const WILDCARD = "<*>";

/** Characters of a message that are looked at: longer templates tell no more messages apart. */
const MOST_READ = 1_024;
/** Words and values of a message that are looked at. */
const MOST_ITEMS = 256;
/** A quoted value that is longer is a text of its own. */
const LONGEST_QUOTED = 256;
/** A fault's path or address that is longer is cut in the skeleton as everything is. */
const MASK = 0x1f;

/** Kinds of characters. Joiners tie parts of one value together: "10.0.0.1:80", "a/b", "x-1". */
const OTHER = 0;
const LETTER = 1;
const DIGIT = 2;
const SPACE = 3;
const SEPARATOR = 4;
const END = 5;

const CLASSES = classes();

/** Control characters separate words too. */
const SPACES = /[\0-\x20\s]+/g;

function classes(): Uint8Array {
  // What is beyond ASCII is a word of its own, see readForeign.
  const table = new Uint8Array(256).fill(SEPARATOR);
  for (let code = 0; code < 128; code += 1) {
    const char = String.fromCharCode(code);
    if (/[A-Za-z_]/.test(char)) table[code] = LETTER;
    else if (/\d/.test(char)) table[code] = DIGIT;
    else if (char === "\n" || char === "\r") table[code] = END;
    else if (code <= 0x20) table[code] = SPACE;
    else if (!"()[]{}<>\"',;=|`".includes(char)) table[code] = OTHER;
  }
  return table;
}

/** Characters of a message, an end of line behind the last; those beyond ASCII are all {@link FOREIGN}. */
type Codes = Uint8Array;
const FOREIGN = 0x80;
const ENCODER = new TextEncoder();

const codeAt = (codes: Codes, at: number): number => codes[at] ?? 0;
const classAt = (codes: Codes, at: number): number => CLASSES[codes[at] ?? 0] ?? OTHER;

/** Where the value that is being read may join the one before it. */
const APART = 0;
const AFTER_VALUE = 1;
const AFTER_COMMA = 2;
/** So many values in a row are one list. */
const FEWEST_OF_LIST = 4;

/** Reads one message after the other; what it says is of the last one. */
export class MessageScanner {
  /** Two 32-bit hashes of the skeleton: FNV-1a, and the sum of its steps. */
  hash = 0;
  check = 0;
  /** Ranges of the message, two numbers each; {@link isValue} says which are values. */
  readonly #ranges = new Int32Array(MOST_ITEMS * 2);
  readonly #values = new Uint8Array(MOST_ITEMS);
  #count = 0;
  readonly #codes: Codes = new Uint8Array(MOST_READ + 2);
  readonly #room: Codes = this.#codes.subarray(0, MOST_READ);
  #message = "";
  #end = 0;
  #at = 0;
  /** What comes next is the value of a key. */
  #wantsValue = false;
  #join = APART;
  /** Item of the last value, and the hashes right after it: a list goes back to its first value. */
  #lastValue = -1;
  #hashAfterValue = 0;
  #checkAfterValue = 0;
  #lastIsNumber = false;
  #lastIsDate = false;
  /** Values in a row, only spaces between them; the first of them, and the hashes right after it. */
  #run = 0;
  #runStart = -1;
  #hashAfterRun = 0;
  #checkAfterRun = 0;

  get count(): number {
    return this.#count;
  }

  start(item: number): number {
    return this.#ranges[item * 2] ?? 0;
  }

  end(item: number): number {
    return this.#ranges[item * 2 + 1] ?? 0;
  }

  isValue(item: number): boolean {
    return this.#values[item] === 1;
  }

  /** The skeleton of the message that was read last. */
  skeleton(): string {
    let text = "";
    for (let item = 0; item < this.#count; item += 1) {
      text += this.isValue(item) ? WILDCARD : this.#message.slice(this.start(item), this.end(item));
    }
    return text.replace(SPACES, " ").trimEnd();
  }

  scan(message: string): void {
    this.#message = message;
    const end = Math.min(message.length, MOST_READ);
    const codes = this.#codes;
    // One call for all characters is six times as fast as a call for each.
    const { read, written } = ENCODER.encodeInto(message, this.#room);
    if (read !== written || read !== end) {
      for (let at = 0; at < end; at += 1) codes[at] = Math.min(message.charCodeAt(at), FOREIGN);
    }
    codes[end] = 0x0a;
    codes[end + 1] = 0x0a;
    this.#end = end;
    this.#count = 0;
    this.hash = 0x811c9dc5 | 0;
    this.check = 0x2545f491;
    this.#wantsValue = false;
    this.#join = APART;
    this.#lastValue = -1;
    this.#lastIsNumber = false;
    this.#lastIsDate = false;
    this.#run = 0;
    let at = 0;
    while (classAt(codes, at) === SPACE) at += 1;
    this.#at = at;
    while (this.#count < MOST_ITEMS - 4) {
      const kind = classAt(codes, this.#at);
      if (kind <= DIGIT) this.#readCore();
      else if (kind === SPACE) this.#readSpace();
      else if (kind === SEPARATOR) this.#readSeparator();
      else break;
    }
  }

  #feed(code: number): void {
    this.hash = Math.imul(this.hash ^ code, 0x01000193);
    this.check = (this.check + this.hash) | 0;
  }

  #literal(start: number, end: number): void {
    const count = this.#count;
    // Neighbours become one range.
    if (count > 0 && this.#values[count - 1] === 0 && this.#ranges[count * 2 - 1] === start) {
      this.#ranges[count * 2 - 1] = end;
      return;
    }
    this.#ranges[count * 2] = start;
    this.#ranges[count * 2 + 1] = end;
    this.#values[count] = 0;
    this.#count = count + 1;
  }

  #value(start: number, end: number, isNumber: boolean, isDate: boolean): void {
    if (this.#join === AFTER_COMMA || (this.#join === AFTER_VALUE && this.#lastIsDate)) {
      // "1, 2, 3" and "Sat Jun 18 02:08:10 2005" are one value each.
      this.#endValueAt(end);
    } else {
      if (this.#join !== AFTER_VALUE) this.#run = 0;
      this.#run += 1;
      if (this.#run >= FEWEST_OF_LIST) this.#backToRun(end);
      else this.#addValue(start, end);
      this.#lastIsDate = isDate;
    }
    this.#lastIsNumber = isNumber;
    this.#join = AFTER_VALUE;
    this.#wantsValue = false;
  }

  #addValue(start: number, end: number): void {
    const item = this.#count;
    this.#ranges[item * 2] = start;
    this.#ranges[item * 2 + 1] = end;
    this.#values[item] = 1;
    this.#count = item + 1;
    this.#lastValue = item;
    this.#feed(MASK);
    this.#hashAfterValue = this.hash;
    this.#checkAfterValue = this.check;
    if (this.#run > 1) return;
    this.#runStart = item;
    this.#hashAfterRun = this.hash;
    this.#checkAfterRun = this.check;
  }

  /** What was read since the last value becomes part of it. */
  #endValueAt(end: number): void {
    this.#count = this.#lastValue + 1;
    this.#ranges[this.#lastValue * 2 + 1] = end;
    this.hash = this.#hashAfterValue;
    this.check = this.#checkAfterValue;
  }

  #backToRun(end: number): void {
    this.#lastValue = this.#runStart;
    this.#hashAfterValue = this.#hashAfterRun;
    this.#checkAfterValue = this.#checkAfterRun;
    this.#endValueAt(end);
  }

  #readSpace(): void {
    const start = this.#at;
    let at = start + 1;
    while (at < this.#end && classAt(this.#codes, at) === SPACE) at += 1;
    this.#at = at;
    this.#literal(start, at);
    this.#feed(0x20);
  }

  #readSeparator(): void {
    const message = this.#message;
    const codes = this.#codes;
    const start = this.#at;
    const code = codeAt(codes, start);
    if (code === FOREIGN) return this.#readForeign();
    this.#at = start + 1;
    if (code === 0x3d) return this.#readEquals(start);
    if (code === 0x22 || code === 0x27 || code === 0x60) {
      const end = this.#quotedEnd(start, code);
      if (end > 0) return this.#readQuoted(start, end, code);
    } else if (code === 0x3c) {
      if (message.startsWith(WILDCARD, start)) {
        this.#at = start + WILDCARD.length;
        return this.#value(start, this.#at, false, false);
      }
      if (this.#isBound(start)) return;
    } else if (this.#isEmptyPair(start, code)) return;
    this.#literal(start, start + 1);
    this.#feed(code);
    if (code === 0x2c) {
      if (this.#join === AFTER_VALUE) this.#join = AFTER_COMMA;
    } else this.#join = APART;
    this.#wantsValue = false;
  }

  /** Characters beyond ASCII are words as they stand; values next to them are told apart. */
  #readForeign(): void {
    const start = this.#at;
    let at = start;
    while (at < this.#end && codeAt(this.#codes, at) >= FOREIGN) {
      this.#feed(this.#message.charCodeAt(at));
      at += 1;
    }
    this.#at = at;
    this.#wantsValue = false;
    this.#literal(start, at);
    this.#join = APART;
  }

  /** "lifetime <1 sec": the sign belongs to the number. */
  #isBound(start: number): boolean {
    const before = start === 0 ? SPACE : classAt(this.#codes, start - 1);
    if (before !== SPACE || classAt(this.#codes, start + 1) !== DIGIT) return false;
    let at = start + 1;
    while (at < this.#end && classAt(this.#codes, at) === DIGIT) at += 1;
    if (classAt(this.#codes, at) !== SPACE) return false;
    this.#at = at;
    this.#value(start, at, true, false);
    return true;
  }

  /** " ()" and " []" are an empty value, "init()" is a call. */
  #isEmptyPair(start: number, code: number): boolean {
    const closing = code === 0x28 ? 0x29 : code === 0x5b ? 0x5d : 0;
    if (closing === 0 || codeAt(this.#codes, start + 1) !== closing) return false;
    if (start > 0 && classAt(this.#codes, start - 1) !== SPACE) return false;
    this.#literal(start, start + 1);
    this.#feed(code);
    this.#join = APART;
    this.#value(start + 1, start + 1, false, false);
    this.#literal(start + 1, start + 2);
    this.#feed(closing);
    this.#join = APART;
    this.#at = start + 2;
    return true;
  }

  #readEquals(start: number): void {
    const codes = this.#codes;
    this.#literal(start, start + 1);
    this.#feed(0x3d);
    this.#join = APART;
    const next = codeAt(codes, start + 1);
    const previous = codeAt(codes, start - 1);
    if (
      next === 0x3d ||
      next === 0x3e ||
      previous === 0x3d ||
      previous === 0x3c ||
      previous === 0x3e ||
      previous === 0x21
    )
      return;
    this.#wantsValue = true;
    const kind = start + 1 < this.#end ? classAt(codes, start + 1) : END;
    const keyed = start > 0 && classAt(codes, start - 1) !== SPACE;
    if (!keyed) return;
    const closes = kind === END || next === 0x2c || next === 0x3b || next === 0x29 || next === 0x5d || next === 0x7d;
    if (closes || (kind === SPACE && this.#keyFollows(start + 1))) this.#value(start + 1, start + 1, false, false);
  }

  /** Whether "other=" or the end follows the spaces at `from`: what stands before them has no value then. */
  #keyFollows(from: number): boolean {
    let at = from;
    while (at < this.#end && classAt(this.#codes, at) === SPACE) at += 1;
    const start = at;
    while (at < this.#end && classAt(this.#codes, at) <= DIGIT) at += 1;
    return at >= this.#end || classAt(this.#codes, at) === END || (at > start && codeAt(this.#codes, at) === 0x3d);
  }

  /** Where the quotation ends that opens at `start`, or 0 when nothing opens there. */
  #quotedEnd(start: number, code: number): number {
    const codes = this.#codes;
    if (start > 0) {
      const before = classAt(codes, start - 1);
      if (before !== SPACE && before !== SEPARATOR && codeAt(codes, start - 1) !== 0x3a) return 0;
    }
    const limit = Math.min(this.#end, start + LONGEST_QUOTED);
    for (let at = start + 1; at < limit; at += 1) {
      const here = codeAt(codes, at);
      if (here === 0x0a || here === 0x0d) return 0;
      if (here === code && (code !== 0x27 || at + 1 >= this.#end || classAt(codes, at + 1) !== LETTER)) return at;
    }
    return 0;
  }

  /** A quoted word is a value, and so is all that is quoted after "key="; a sentence in quotes is read on. */
  #readQuoted(start: number, end: number, code: number): void {
    let isWord = true;
    for (let at = start + 1; at < end && isWord; at += 1) isWord = classAt(this.#codes, at) !== SPACE;
    if (isWord && codeAt(this.#codes, end + 1) === 0x3a) return this.#readQuotedKey(start, end);
    this.#literal(start, start + 1);
    this.#feed(code);
    this.#join = APART;
    if (!isWord && (!this.#wantsValue || this.#isMessageKey(start))) {
      this.#wantsValue = false;
      return;
    }
    this.#value(start + 1, end, false, false);
    this.#literal(end, end + 1);
    this.#feed(code);
    this.#join = APART;
    this.#at = end + 1;
  }

  /** Whether what is quoted is the text itself: `level=error msg="failed to open"`. */
  #isMessageKey(quote: number): boolean {
    const message = this.#message;
    const codes = this.#codes;
    let end = quote;
    while (end > 0 && (classAt(codes, end - 1) === SPACE || /[=:"]/.test(message.charAt(end - 1)))) end -= 1;
    let start = end;
    while (start > 0 && classAt(codes, start - 1) === LETTER) start -= 1;
    return isTextKey(message.slice(start, end));
  }

  /** `"key":` keeps its name, and what follows is its value. */
  #readQuotedKey(start: number, end: number): void {
    const next = end + 2;
    this.#signs(start, next);
    this.#at = next;
    while (this.#at < this.#end && classAt(this.#codes, this.#at) === SPACE) this.#at += 1;
    if (this.#at > next) {
      this.#literal(next, this.#at);
      this.#feed(0x20);
    }
    this.#wantsValue = true;
  }

  /** A run of letters, digits and joiners. */
  #readCore(): void {
    const message = this.#message;
    const codes = this.#codes;
    const start = this.#at;
    const limit = this.#end;
    let { hash, check } = this;
    let at = start;
    let lastWordEnd = start;
    let firstWord = -1;
    let parts = 0;
    let numbered = 0;
    let letters = false;
    let partStart = true;
    let partNumbered = false;
    let slashes = 0;
    let dots = 0;
    let isAddress = false;
    let isList = false;
    /** After the colon of "onExtend:928142". */
    let labelEnd = 0;
    let lastPart = start;
    for (; at < limit; at += 1) {
      let code = codeAt(codes, at);
      const kind = CLASSES[code] ?? OTHER;
      if (kind === LETTER || kind === DIGIT) {
        if (partStart) {
          if (firstWord < 0) firstWord = at;
          lastPart = at;
          parts += 1;
          partStart = false;
          partNumbered = false;
        }
        if (kind === LETTER) {
          letters = true;
          // Most characters are letters after a letter: no more is to be asked of them.
          for (let next = codeAt(codes, at + 1); CLASSES[next] === LETTER; next = codeAt(codes, at + 1)) {
            hash = Math.imul(hash ^ code, 0x01000193);
            check = (check + hash) | 0;
            code = next;
            at += 1;
          }
        } else if (!partNumbered) {
          partNumbered = true;
          numbered += 1;
        }
        lastWordEnd = at + 1;
      } else if (kind === OTHER) {
        partStart = true;
        if (code === 0x2f || code === 0x5c) slashes += 1;
        else if (code === 0x3a && parts === 1 && labelEnd === 0 && numbered === 0 && dots === 0) labelEnd = at + 1;
        else if (code === 0x2e) dots += 1;
        else if (code === 0x40 && firstWord >= 0) isAddress = true;
      } else if (code === 0x2c && !partStart && joinsList(codes, at, limit)) {
        isList = true;
        partStart = true;
      } else if (code !== 0x27 || partStart || classAt(codes, at + 1) !== LETTER) {
        // Anything but the apostrophe in "can't" ends the run.
        break;
      }
      hash = Math.imul(hash ^ code, 0x01000193);
      check = (check + hash) | 0;
    }
    this.#at = at;
    // What is cut in the middle is no word.
    if (at === limit && limit === MOST_READ) return;
    if (parts === 0) return this.#signs(start, at);
    const isPath = slashes > 0 && isPathLike(message, codes, start, firstWord, lastWordEnd, slashes);
    if (isPath) return this.#readPath(start, lastWordEnd);
    const isWhole =
      isList ||
      (isAddress && lastWordEnd > firstWord + 2) ||
      (numbered > 0 && (numbered * 2 >= parts || partNumbered || dots === 0 || !isTypeName(codes, lastPart)));
    if (this.#wantsValue && codeAt(codes, at) !== 0x3d)
      return this.#coreValue(start, lastWordEnd, at, numbered > 0 && !letters);
    if (isWhole && labelEnd > 0) return this.#labelled(start, labelEnd, lastWordEnd, at);
    if (isWhole) return this.#coreValue(start, lastWordEnd, at, !letters);
    if (numbered > 0) return this.#readParts(start, at);
    const size = lastWordEnd - start;
    if ((size === 4 || size === 5) && isLiteral(message, start, size))
      return this.#coreValue(start, lastWordEnd, at, false);
    if (size === 3 && this.#isDateWord(start, at)) return this.#value(start, lastWordEnd, false, true);
    if (size <= 7 && this.#lastIsNumber && this.#isUnitHere(start, lastWordEnd)) return this.#absorb(lastWordEnd, at);
    this.#lastIsNumber = false;
    this.#wantsValue = false;
    this.#join = APART;
    this.hash = hash;
    this.check = check;
    this.#literal(start, at);
  }

  /** The value, then the punctuation that follows it. */
  #coreValue(start: number, end: number, at: number, isNumber: boolean): void {
    this.#value(start, end, isNumber, false);
    this.#signs(end, at);
  }

  /** A word that names the value behind its colon. */
  #labelled(start: number, labelEnd: number, end: number, at: number): void {
    this.#signs(start, labelEnd);
    this.#coreValue(labelEnd, end, at, false);
  }

  #signs(from: number, to: number): void {
    if (from >= to) return;
    this.#literal(from, to);
    for (let at = from; at < to; at += 1) this.#feed(codeAt(this.#codes, at));
    this.#join = APART;
    this.#lastIsNumber = false;
  }

  /** An address or path goes on to the next space, whatever it holds: "/v2/items?limit=5&sort=name". */
  #readPath(start: number, wordEnd: number): void {
    const codes = this.#codes;
    let at = this.#at;
    let end = wordEnd;
    for (; at < this.#end; at += 1) {
      const code = codeAt(codes, at);
      const kind = classAt(codes, at);
      if (kind === SPACE || kind === END || code === 0x22 || code === 0x27 || code === 0x29 || code === 0x5d) break;
      if (code === 0x3e || code === 0x7d || code === 0x60 || code === 0x7c || code === 0x3c) break;
      if (code === 0x2c && classAt(codes, at + 1) === SPACE) break;
      if (kind === LETTER || kind === DIGIT) end = at + 1;
    }
    if (codeAt(codes, end) === 0x2f) end += 1;
    this.#at = at;
    this.#value(start, end, false, false);
    this.#signs(end, at);
  }

  /** The name of a type is a word, "mapreduce.v2.app.Main", but for parts that are numbers. */
  #readParts(start: number, end: number): void {
    const codes = this.#codes;
    let at = start;
    while (at < end) {
      const from = at;
      let letters = false;
      while (at < end && classAt(codes, at) !== OTHER && classAt(codes, at) !== SEPARATOR) {
        if (classAt(codes, at) === LETTER) letters = true;
        at += 1;
      }
      if (letters) this.#signs(from, at);
      else if (at > from) this.#value(from, at, false, false);
      const signs = at;
      while (at < end && (classAt(codes, at) === OTHER || classAt(codes, at) === SEPARATOR)) at += 1;
      this.#signs(signs, at);
      if (this.#count >= MOST_ITEMS - 4) break;
    }
    this.#wantsValue = false;
  }

  /** "Jun" of "Jun 18", "Sat" of "Sat Jun 18". */
  #isDateWord(start: number, end: number): boolean {
    const message = this.#message;
    const codes = this.#codes;
    const month = isMonth(message, start);
    if (!month && !isDay(message, start)) return false;
    let at = end;
    while (at < this.#end && (classAt(codes, at) === SPACE || codeAt(codes, at) === 0x2c)) at += 1;
    return at > end && (classAt(codes, at) === DIGIT || (!month && isMonth(message, at)));
  }

  #isUnitHere(start: number, end: number): boolean {
    const last = this.#lastValue;
    if (last < 0 || this.#join !== AFTER_VALUE) return false;
    return start - this.end(last) <= 1 && isUnit(this.#message.slice(start, end));
  }

  /** The unit becomes part of the number before it. */
  #absorb(end: number, at: number): void {
    this.#endValueAt(end);
    this.#lastIsNumber = false;
    this.#join = AFTER_VALUE;
    this.#signs(end, at);
  }
}

/** "/var/log", "C:\Users", "s3://bucket", "~/x", "a/b/c". */
function isPathLike(
  text: string,
  codes: Codes,
  start: number,
  firstWord: number,
  end: number,
  slashes: number,
): boolean {
  const first = codeAt(codes, start);
  if (first === 0x2f || first === 0x5c || (first === 0x7e && firstWord > start)) return true;
  if (first === 0x2e && firstWord > start && codeAt(codes, firstWord - 1) === 0x2f) return true;
  if (codeAt(codes, start + 1) === 0x3a && codeAt(codes, start + 2) === 0x5c) return true;
  const scheme = text.indexOf("://", start);
  if (scheme > start && scheme < end) return true;
  return slashes > 1 && end - start > 6;
}

/** "Main" of "mapreduce.v2.app.Main". */
const isTypeName = (codes: Codes, at: number): boolean => {
  const first = codeAt(codes, at);
  return first >= 0x41 && first <= 0x5a && classAt(codes, at + 1) === LETTER && codeAt(codes, at + 1) >= 0x61;
};

/** Whether the comma at `at` ties a list together: "yarn,admin", but not "a=1,b=2" or "first, second". */
function joinsList(codes: Codes, at: number, limit: number): boolean {
  let next = at + 1;
  const kind = classAt(codes, next);
  if (kind !== LETTER && kind !== DIGIT) return false;
  while (next < limit && classAt(codes, next) <= DIGIT) next += 1;
  return codeAt(codes, next) !== 0x3d;
}
