/**
 * Finds the word for the level near the start of a text. In brackets, before a colon or after "level=" any spelling
 * counts; a bare word counts when it is in capitals or stands first, so that prose is not taken for a level.
 */
import { Level } from "../../../../../shared/model/level.ts";
import { isDigit, isLetter } from "../characters.ts";
import { isEveryday, levelOfLetter, levelOfTextWord, levelOfWord, mayBeginLevel } from "../level.ts";

export interface FoundLevel {
  level: Level;
  start: number;
  end: number;
  /** Marked as a level (brackets, "level="), not just a word. */
  certain: boolean;
}

const FURTHEST = 140;
const MOST_WORDS = 10;

/** Everyday words that Apache, nginx and MySQL write small, in brackets; "[config]" or "http:" is no level. */
const IN_BRACKETS = new Set(["alert", "note"]);
const isWordPart = (code: number): boolean => isLetter(code) || isDigit(code) || code === 0x5f;
const closes = (code: number): boolean => code === 0x5d || code === 0x3e || code === 0x29 || code === 0x7c;
const opens = (code: number): boolean => code === 0x5b || code === 0x3c || code === 0x28 || code === 0x7c;

/** Leaves `found.level` none when there is none. */
export function readLevel(text: string, from: number, found: FoundLevel): void {
  found.level = Level.none;
  const limit = Math.min(text.length, from + FURTHEST);
  let at = from;
  let onlyNumbers = true;
  for (let words = 0; words < MOST_WORDS && at < limit; words += 1) {
    while (at < limit && !isWordPart(text.charCodeAt(at))) at += 1;
    const start = at;
    let letters = true;
    while (at < text.length && isWordPart(text.charCodeAt(at))) {
      if (!isLetter(text.charCodeAt(at))) letters = false;
      at += 1;
    }
    if (at === start) return;
    const size = at - start;
    const candidate =
      size === 1
        ? onlyNumbers && letters && isAlone(text, start)
        : size <= 14 && mayBeginLevel(text.charCodeAt(start), text.charCodeAt(start + 1));
    if (candidate) {
      const level = size === 1 ? levelOfLetter(text.charAt(start)) : levelAt(text, start, at, words === 0, found);
      if (level !== undefined && level !== Level.none) {
        found.level = level;
        found.start = start;
        found.end = at;
        return;
      }
    }
    if (onlyNumbers && !isHexadecimal(text, start, at)) onlyNumbers = false;
  }
}

const isAlone = (text: string, at: number): boolean => {
  const before = at === 0 ? 0x20 : text.charCodeAt(at - 1);
  const after = at + 1 >= text.length ? 0x20 : text.charCodeAt(at + 1);
  return (
    (before === 0x20 || before === 0x09 || before === 0x5b) &&
    (after === 0x20 || after === 0x09 || after === 0x5d || after === 0x2f)
  );
};

function levelAt(text: string, start: number, end: number, first: boolean, found: FoundLevel): Level | undefined {
  const word = text.slice(start, end);
  const level = levelOfWord(word);
  if (level === undefined) return undefined;
  let before = start - 1;
  while (text.charCodeAt(before) === 0x20) before -= 1;
  let after = end;
  while (text.charCodeAt(after) === 0x20) after += 1;
  const previous = text.charCodeAt(before);
  const next = text.charCodeAt(after);
  const capitals = word === word.toUpperCase();
  const bracketed = opens(previous) && closes(next);
  if (!capitals && isEveryday(word) && !(bracketed && (IN_BRACKETS.has(word) || word.charCodeAt(0) < 0x61)))
    return undefined;
  found.certain =
    (opens(previous) && (closes(next) || after > end)) ||
    previous === 0x3d ||
    (previous === 0x3a && closes(next)) ||
    (closes(next) && after === end);
  if (found.certain) return level;
  if (text.charCodeAt(start - 1) === 0x2e && capitals) return level;
  if (next === 0x3a && after === end) return capitals || first || previous === 0x5d ? level : undefined;
  if (text.charCodeAt(start - 1) > 0x20 && !opens(previous) && previous !== 0x3a) return undefined;
  const joined = text.charCodeAt(end);
  // Celery joins its process: "[time: ERROR/MainProcess]"; elsewhere that is a path.
  if (joined === 0x2f) return capitals && previous === 0x3a ? level : undefined;
  if (joined === 0x2e || joined === 0x2d || joined === 0x3d) return undefined;
  const isColumn = first && (joined === 0x09 || (joined === 0x20 && text.charCodeAt(end + 1) === 0x20));
  return capitals || isColumn || (first && word === word.toLowerCase()) ? levelOfTextWord(word) : undefined;
}

function isHexadecimal(text: string, start: number, end: number): boolean {
  let digit = false;
  for (let at = start; at < end; at += 1) {
    const code = text.charCodeAt(at);
    if (isDigit(code)) digit = true;
    else if (!((code >= 0x41 && code <= 0x46) || (code >= 0x61 && code <= 0x66))) return false;
  }
  return digit;
}
