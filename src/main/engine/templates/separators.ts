/** Reads what stands between words: blanks, brackets, quotes, "key=", and characters beyond ASCII. */
import { classAt, codeAt, DIGIT, END, FOREIGN, LETTER, type MessageText, SEPARATOR, SPACE } from "./message-text.ts";
import { AFTER_COMMA, AFTER_VALUE, APART, type SkeletonItems, WILDCARD } from "./skeleton-items.ts";
import { isTextKey } from "./words.ts";

/** A quoted value that is longer is a text of its own. */
const LONGEST_QUOTED = 256;

/** Microseconds with either code of the letter, and degrees. */
const FOREIGN_UNIT = /^(?:[\u00b5\u03bc]s|\u00b0[CF]?)(?!\w)/;

export function readSpace(text: MessageText, items: SkeletonItems): void {
  const start = text.at;
  let at = start + 1;
  while (at < text.end && classAt(text.codes, at) === SPACE) at += 1;
  text.at = at;
  items.literal(start, at);
  items.feed(0x20);
}

export function readSeparator(text: MessageText, items: SkeletonItems): void {
  const { codes, at: start } = text;
  const code = codeAt(codes, start);
  if (code === FOREIGN) return readForeign(text, items);
  text.at = start + 1;
  if (code === 0x3d) return readEquals(text, items, start);
  if (code === 0x22 || code === 0x27 || code === 0x60) {
    const end = quotedEnd(text, start, code);
    if (end > 0) return readQuoted(text, items, start, end, code);
  } else if (code === 0x3c) {
    if (isWildcard(text, start)) {
      text.at = start + WILDCARD.length;
      return items.value(start, text.at, false, false);
    }
    if (isBound(text, items, start)) return;
  } else if (isEmptyPair(text, items, start, code)) return;
  items.literal(start, start + 1);
  items.feed(code);
  if (code === 0x2c) {
    if (items.join === AFTER_VALUE) items.join = AFTER_COMMA;
  } else items.join = APART;
  items.wantsValue = false;
}

/** Never beyond the last character that is looked at, behind which nobody would stop reading. */
const isWildcard = ({ codes }: MessageText, start: number): boolean =>
  codeAt(codes, start + 1) === 0x2a && codeAt(codes, start + 2) === 0x3e;

/** Characters beyond ASCII are words as they stand; values next to them are told apart. */
function readForeign(text: MessageText, items: SkeletonItems): void {
  const start = text.at;
  if (items.join === AFTER_VALUE && items.lastIsNumber) {
    // What these units begin with is a letter of Greek or a sign, see isUnit for the others.
    const [unit = ""] = FOREIGN_UNIT.exec(text.message.slice(start, start + 3)) ?? [];
    if (unit !== "") {
      text.at = start + unit.length;
      items.endValueAt(text.at);
      items.lastIsNumber = false;
      return;
    }
  }
  let at = start;
  while (at < text.end && codeAt(text.codes, at) >= FOREIGN) {
    items.feed(text.message.charCodeAt(at));
    at += 1;
  }
  text.at = at;
  items.wantsValue = false;
  items.literal(start, at);
  items.join = APART;
}

/** "lifetime <1 sec": the sign belongs to the number. */
function isBound(text: MessageText, items: SkeletonItems, start: number): boolean {
  const before = start === 0 ? SPACE : classAt(text.codes, start - 1);
  if (before !== SPACE || classAt(text.codes, start + 1) !== DIGIT) return false;
  let at = start + 1;
  while (at < text.end && classAt(text.codes, at) === DIGIT) at += 1;
  if (classAt(text.codes, at) !== SPACE) return false;
  text.at = at;
  items.value(start, at, true, false);
  return true;
}

/** " ()" and " []" are an empty value, "init()" is a call. */
function isEmptyPair(text: MessageText, items: SkeletonItems, start: number, code: number): boolean {
  const closing = code === 0x28 ? 0x29 : code === 0x5b ? 0x5d : 0;
  if (closing === 0 || codeAt(text.codes, start + 1) !== closing) return false;
  if (start > 0 && classAt(text.codes, start - 1) !== SPACE) return false;
  items.literal(start, start + 1);
  items.feed(code);
  items.join = APART;
  items.value(start + 1, start + 1, false, false);
  items.literal(start + 1, start + 2);
  items.feed(closing);
  items.join = APART;
  text.at = start + 2;
  return true;
}

function readEquals(text: MessageText, items: SkeletonItems, start: number): void {
  const codes = text.codes;
  items.literal(start, start + 1);
  items.feed(0x3d);
  items.join = APART;
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
  items.wantsValue = true;
  const kind = start + 1 < text.end ? classAt(codes, start + 1) : END;
  const keyed = start > 0 && classAt(codes, start - 1) !== SPACE;
  if (!keyed) return;
  const closes = kind === END || next === 0x2c || next === 0x3b || next === 0x29 || next === 0x5d || next === 0x7d;
  if (closes || (kind === SPACE && keyFollows(text, start + 1))) items.value(start + 1, start + 1, false, false);
}

/** Whether "other=" or the end follows the spaces at `from`: what stands before them has no value then. */
function keyFollows(text: MessageText, from: number): boolean {
  let at = from;
  while (at < text.end && classAt(text.codes, at) === SPACE) at += 1;
  const start = at;
  while (at < text.end && classAt(text.codes, at) <= DIGIT) at += 1;
  return at >= text.end || classAt(text.codes, at) === END || (at > start && codeAt(text.codes, at) === 0x3d);
}

/** Where the quotation ends that opens at `start`, or 0 when nothing opens there. */
function quotedEnd(text: MessageText, start: number, code: number): number {
  const codes = text.codes;
  if (start > 0) {
    const before = classAt(codes, start - 1);
    if (before !== SPACE && before !== SEPARATOR && codeAt(codes, start - 1) !== 0x3a) return 0;
  }
  const limit = Math.min(text.end, start + LONGEST_QUOTED);
  for (let at = start + 1; at < limit; at += 1) {
    const here = codeAt(codes, at);
    if (here === 0x0a || here === 0x0d) return 0;
    if (here === code && (code !== 0x27 || at + 1 >= text.end || classAt(codes, at + 1) !== LETTER)) return at;
  }
  return 0;
}

/** A quoted word is a value, and so is all that is quoted after "key="; a sentence in quotes is read on. */
function readQuoted(text: MessageText, items: SkeletonItems, start: number, end: number, code: number): void {
  let isWord = true;
  for (let at = start + 1; at < end && isWord; at += 1) isWord = classAt(text.codes, at) !== SPACE;
  if (isWord && codeAt(text.codes, end + 1) === 0x3a) return readQuotedKey(text, items, start, end);
  items.literal(start, start + 1);
  items.feed(code);
  items.join = APART;
  if (!isWord && (!items.wantsValue || isMessageKey(text, start))) {
    items.wantsValue = false;
    return;
  }
  items.value(start + 1, end, false, false);
  items.literal(end, end + 1);
  items.feed(code);
  items.join = APART;
  text.at = end + 1;
}

/** Whether what is quoted is the text itself: `level=error msg="failed to open"`. */
function isMessageKey(text: MessageText, quote: number): boolean {
  const { message, codes } = text;
  let end = quote;
  while (end > 0 && (classAt(codes, end - 1) === SPACE || /[=:"]/.test(message.charAt(end - 1)))) end -= 1;
  let start = end;
  while (start > 0 && classAt(codes, start - 1) === LETTER) start -= 1;
  return isTextKey(message.slice(start, end));
}

/** `"key":` keeps its name, and what follows is its value. */
function readQuotedKey(text: MessageText, items: SkeletonItems, start: number, end: number): void {
  const next = end + 2;
  items.signs(text.codes, start, next);
  text.at = next;
  while (text.at < text.end && classAt(text.codes, text.at) === SPACE) text.at += 1;
  if (text.at > next) {
    items.literal(next, text.at);
    items.feed(0x20);
  }
  items.wantsValue = true;
}
