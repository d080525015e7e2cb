/** What a run of characters looks like: base64, a path, a date, a byte, a label, the name of a type. */
import { classAt, codeAt, type Codes, DIGIT, LETTER, type MessageText, OTHER, SPACE } from "./message-text.ts";
import type { SkeletonItems } from "./skeleton-items.ts";
import { isDay, isMonth, isMonthName } from "./words.ts";

/** Digits between the colons of a hardware or IPv6 address. */
const LONGEST_GROUP = 4;
/** Base64 that is shorter looks like a key before its `=`. */
const SHORTEST_PADDED = 8;

/** Pairs of hexadecimal digits in a row that are a dump of bytes: "de ad 3f 00". */
const FEWEST_BYTES = 4;

/** Where the `=` end that fill up base64 (RFC 4648, 4) from `start` to `at`, or 0 for none. */
export function paddingEnd(codes: Codes, start: number, at: number): number {
  if (codeAt(codes, at) !== 0x3d || at - start < SHORTEST_PADDED) return 0;
  const isDouble = codeAt(codes, at + 1) === 0x3d;
  const end = isDouble ? at + 2 : at + 1;
  // What stands before base64 may be part of the run: "SHA256:", "index/".
  return (isDouble || (end - start) % 4 === 0) && classAt(codes, end) > DIGIT ? end : 0;
}

/** Whether letters alone are base64: only two `=` tell. */
export const isPaddedWord = (codes: Codes, start: number, at: number): boolean =>
  codeAt(codes, at + 1) === 0x3d && (at + 2 - start) % 4 === 0 && paddingEnd(codes, start, at) > 0;

/** "Jun" of "Jun 18", "Sat" of "Sat Jun 18". */
export function isDateWord(text: MessageText, start: number, end: number): boolean {
  const { codes } = text;
  const month = isMonth(codes, start, start + 3);
  if (!month && !isDay(codes, start, start + 3)) return false;
  let at = end;
  while (at < text.end && (classAt(codes, at) === SPACE || codeAt(codes, at) === 0x2c)) at += 1;
  return at > end && (classAt(codes, at) === DIGIT || (!month && isMonthName(text.message.slice(at, at + 3))));
}

/** "/var/log", "C:\Users", "s3://bucket", "~/x", "a/b/c". */
export function isPathLike(codes: Codes, start: number, firstWord: number, end: number, slashes: number): boolean {
  const first = codeAt(codes, start);
  if (first === 0x2f || first === 0x5c || (first === 0x7e && firstWord > start)) return true;
  if (first === 0x2e && firstWord > start && codeAt(codes, firstWord - 1) === 0x2f) return true;
  if (codeAt(codes, start + 1) === 0x3a && codeAt(codes, start + 2) === 0x5c) return true;
  if (hasScheme(codes, start, end)) return true;
  return slashes > 1 && end - start > 6;
}

/** Whether the first "://" of a run stands behind its first character. */
function hasScheme(codes: Codes, start: number, end: number): boolean {
  for (let at = start; at < end; at += 1)
    if (codeAt(codes, at) === 0x3a && codeAt(codes, at + 1) === 0x2f && codeAt(codes, at + 2) === 0x2f)
      return at > start;
  return false;
}

/** Whether the word before the colon at `at` names what follows; not in "fe:54:00:1b" and "Api::V1". */
export function isLabel(codes: Codes, start: number, at: number): boolean {
  if (codeAt(codes, at + 1) === 0x3a || codeAt(codes, at - 1) === 0x3a) return false;
  if (at - start > LONGEST_GROUP || !isHex(codes, start, at)) return true;
  let end = at + 1;
  while (end <= at + LONGEST_GROUP && classAt(codes, end) <= DIGIT && classAt(codes, end) !== OTHER) end += 1;
  return end === at + 1 || codeAt(codes, end) !== 0x3a || !isHex(codes, at + 1, end);
}

/** Whether the letters that end at `at` are a byte among others; pairs with a digit before them are values already. */
export function isOfDump({ codes, end }: MessageText, items: SkeletonItems, at: number): boolean {
  let bytes = items.valuesInRow + 1;
  let next = at;
  while (
    bytes < FEWEST_BYTES &&
    next + 3 <= end &&
    classAt(codes, next) === SPACE &&
    isHex(codes, next + 1, next + 3)
  ) {
    next += 3;
    if (next < end && classAt(codes, next) <= DIGIT) return false;
    bytes += 1;
  }
  return bytes >= FEWEST_BYTES;
}

export function isHex(codes: Codes, start: number, end: number): boolean {
  for (let at = start; at < end; at += 1) {
    const code = codeAt(codes, at) | 0x20;
    if (classAt(codes, at) !== DIGIT && (code < 0x61 || code > 0x66)) return false;
  }
  return true;
}

/** "Main" of "mapreduce.v2.app.Main". */
export const isTypeName = (codes: Codes, at: number): boolean => {
  const first = codeAt(codes, at);
  return first >= 0x41 && first <= 0x5a && classAt(codes, at + 1) === LETTER && codeAt(codes, at + 1) >= 0x61;
};

/** Whether the comma at `at` ties a list together: "yarn,admin", but not "a=1,b=2" or "first, second". */
export function joinsList(codes: Codes, at: number, limit: number): boolean {
  let next = at + 1;
  const kind = classAt(codes, next);
  if (kind !== LETTER && kind !== DIGIT) return false;
  while (next < limit && classAt(codes, next) <= DIGIT) next += 1;
  return codeAt(codes, next) !== 0x3d;
}
