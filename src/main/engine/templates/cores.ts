/** Reads a run of letters, digits and the characters that join them: a word, a value, a path, or parts of each. */
import {
  CLASSES,
  classAt,
  codeAt,
  DIGIT,
  END,
  LETTER,
  type MessageText,
  MOST_READ,
  OTHER,
  SEPARATOR,
  SPACE,
} from "./message-text.ts";
import { AFTER_VALUE, APART, type SkeletonItems } from "./skeleton-items.ts";
import {
  isDateWord,
  isHex,
  isLabel,
  isOfDump,
  isPaddedWord,
  isPathLike,
  isTypeName,
  joinsList,
  paddingEnd,
} from "./run-forms.ts";
import { isLiteral, isUnit } from "./words.ts";

/** A run of letters, digits and joiners. */
export function readCore(text: MessageText, items: SkeletonItems): void {
  const { codes, at: start, end: limit } = text;
  let { hash, check } = items;
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
      } else {
        if (!partNumbered) numbered += 1;
        partNumbered = true;
        // No hash is asked of a run with a digit: it is a value, or read again part by part.
        for (let next = classAt(codes, at + 1); next === DIGIT || next === LETTER; next = classAt(codes, at + 1)) {
          if (next === LETTER) letters = true;
          at += 1;
        }
      }
      lastWordEnd = at + 1;
    } else if (kind === OTHER) {
      partStart = true;
      if (code === 0x2f || code === 0x5c) slashes += 1;
      else if (code === 0x3a && parts === 1 && labelEnd === 0 && numbered === 0 && dots === 0) {
        if (isLabel(codes, start, at)) labelEnd = at + 1;
      } else if (code === 0x2e) dots += 1;
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
  text.at = at;
  // What is cut in the middle is no word.
  if (at === limit && limit === MOST_READ) return;
  if (parts === 0) return items.signs(text.codes, start, at);
  const isPath = slashes > 0 && isPathLike(codes, start, firstWord, lastWordEnd, slashes);
  if (isPath) return readPath(text, items, start, lastWordEnd);
  const isWhole =
    isList ||
    (isAddress && lastWordEnd > firstWord + 2) ||
    (numbered > 0 && (numbered * 2 >= parts || partNumbered || dots === 0 || !isTypeName(codes, lastPart)));
  if (items.wantsValue && codeAt(codes, at) !== 0x3d)
    return coreValue(text, items, start, lastWordEnd, at, numbered > 0 && !letters);
  if (isWhole && labelEnd > 0) return labelled(text, items, start, labelEnd, lastWordEnd, at);
  if (isWhole) return coreValue(text, items, start, lastWordEnd, at, !letters);
  if (numbered > 0) return readParts(text, items, start, at);
  const size = lastWordEnd - start;
  if ((size === 4 || size === 5) && isLiteral(codes, start, lastWordEnd))
    return coreValue(text, items, start, lastWordEnd, at, false);
  if (size === 2 && isHex(codes, start, lastWordEnd) && isOfDump(text, items, at))
    return coreValue(text, items, start, lastWordEnd, at, false);
  if (size === 3 && isDateWord(text, start, at)) return items.value(start, lastWordEnd, false, true);
  if (size <= 7 && items.lastIsNumber && isUnitHere(text, items, start, lastWordEnd))
    return absorb(text, items, lastWordEnd, at);
  if (codeAt(codes, at) === 0x3d && isPaddedWord(codes, start, at))
    return coreValue(text, items, start, lastWordEnd, at, false);
  items.lastIsNumber = false;
  items.wantsValue = false;
  items.join = APART;
  items.hash = hash;
  items.check = check;
  items.literal(start, at);
}

/** The value, then the punctuation that follows it. */
function coreValue(
  text: MessageText,
  items: SkeletonItems,
  start: number,
  end: number,
  at: number,
  isNumber: boolean,
): void {
  const padded = isNumber ? 0 : paddingEnd(text.codes, start, at);
  items.value(start, padded || end, isNumber, false);
  if (padded > 0) text.at = padded;
  else items.signs(text.codes, end, at);
}

/** A word that names the value behind its colon. */
function labelled(
  text: MessageText,
  items: SkeletonItems,
  start: number,
  labelEnd: number,
  end: number,
  at: number,
): void {
  items.signs(text.codes, start, labelEnd);
  coreValue(text, items, labelEnd, end, at, false);
}

/** An address or path goes on to the next space, whatever it holds: "/v2/items?limit=5&sort=name", "/cart/{id}". */
function readPath(text: MessageText, items: SkeletonItems, start: number, wordEnd: number): void {
  const codes = text.codes;
  let at = text.at;
  let end = wordEnd;
  /** Braces of the path's own that are open. */
  let open = 0;
  for (; at < text.end; at += 1) {
    const code = codeAt(codes, at);
    const kind = classAt(codes, at);
    if (kind === SPACE || kind === END || code === 0x22 || code === 0x27 || code === 0x29 || code === 0x5d) break;
    if (code === 0x3e || code === 0x60 || code === 0x7c || code === 0x3c) break;
    if (code === 0x2c && classAt(codes, at + 1) === SPACE) break;
    if (code === 0x7b) open += 1;
    if (code === 0x7d) {
      if (open === 0) break;
      open -= 1;
      end = at + 1;
    }
    if (kind === LETTER || kind === DIGIT) end = at + 1;
  }
  if (codeAt(codes, end) === 0x2f) end += 1;
  // A query without a value, or what fills up base64 with slashes in it.
  if (codeAt(codes, at - 1) === 0x3d) end = at;
  text.at = at;
  items.value(start, end, false, false);
  items.signs(text.codes, end, at);
}

/** The name of a type is a word, "mapreduce.v2.app.Main", but for parts that are numbers. */
function readParts(text: MessageText, items: SkeletonItems, start: number, end: number): void {
  const codes = text.codes;
  let at = start;
  while (at < end) {
    const from = at;
    let letters = false;
    while (at < end && classAt(codes, at) !== OTHER && classAt(codes, at) !== SEPARATOR) {
      if (classAt(codes, at) === LETTER) letters = true;
      at += 1;
    }
    if (letters) items.signs(text.codes, from, at);
    else if (at > from) items.value(from, at, false, false);
    const signs = at;
    while (at < end && (classAt(codes, at) === OTHER || classAt(codes, at) === SEPARATOR)) at += 1;
    items.signs(text.codes, signs, at);
    if (items.isFull) break;
  }
  items.wantsValue = false;
}

function isUnitHere(text: MessageText, items: SkeletonItems, start: number, end: number): boolean {
  const last = items.lastValue;
  if (last < 0 || items.join !== AFTER_VALUE) return false;
  return start - items.end(last) <= 1 && isUnit(text.codes, start, end);
}

/** The unit becomes part of the number before it. */
function absorb(text: MessageText, items: SkeletonItems, end: number, at: number): void {
  items.endValueAt(end);
  items.lastIsNumber = false;
  items.join = AFTER_VALUE;
  items.signs(text.codes, end, at);
}
