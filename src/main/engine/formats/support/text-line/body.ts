/**
 * The rest of a head, from its time on: the level and what stands between it and the message; and of lines whose time
 * stands elsewhere or is missing, the level alone. Each reader gives the place where the message begins.
 */
import { Level } from "../../../../../shared/model/level.ts";
import { isClosingBracket, isDigit, isOpeningBracket } from "../characters.ts";
import { levelOfLetter } from "../level.ts";
import { readAfterLevel, readKlog } from "./after.ts";
import { readBetween } from "./between.ts";
import { passSeparators } from "./head-patterns.ts";
import type { LineHead } from "./head.ts";
import { readLevel } from "./level.ts";
import { readSource } from "./logger.ts";
import { levelOfPhp } from "./php.ts";
import { passNamedParts } from "./postgres.ts";

const COMMA = 0x2c;

/** `from` is the end of the time that opens the line. */
export function readLevelAndParts(text: string, from: number, timeStart: number, head: LineHead): number {
  let at = from;
  const open = isOpeningBracket(text.charCodeAt(timeStart)) && !isClosingBracket(text.charCodeAt(at - 1));
  // Ruby states the level twice: a letter before the time, a word after its process.
  if (head.level !== Level.none && !text.startsWith(" #", at))
    return readAfterLevel(text, timeStart, passSeparators(text, at), false, head);
  const { found } = head;
  // Windows' servicing log separates the time with a comma.
  if (text.charCodeAt(at) === COMMA && text.charCodeAt(at + 1) === 0x20) at += 1;
  at = passNamedParts(text, at, head);
  readLevel(text, at, found);
  if (found.level === Level.none && text.startsWith("PHP ", passSeparators(text, at))) {
    head.level = levelOfPhp(text, passSeparators(text, at));
    if (head.level !== Level.none) return passSeparators(text, at);
  }
  if (found.level === Level.none && readLetter(text, timeStart, head)) {
    const end = readKlog(text, at, head);
    return end >= 0 ? end : passSeparators(text, at);
  }
  if (found.level === Level.none) return readSource(text, passSeparators(text, at), head);
  const sure = readBetween(text, at, found.start, head);
  const { start, end } = found;
  head.takeFound(text);
  head.isKnowable = sure && !open;
  return sure ? readAfterLevel(text, start, end, open, head) : passSeparators(text, at);
}

/** klog and glog put the level's letter right before the day. */
function readLetter(text: string, timeStart: number, head: LineHead): boolean {
  const level = isDigit(text.charCodeAt(timeStart + 1)) ? levelOfLetter(text.charAt(timeStart)) : undefined;
  if (level === undefined) return false;
  head.level = level;
  head.keep("level", text.charAt(timeStart));
  return true;
}

/** A line without a time; `start` is the end of what a collector put before it. */
export function readUntimed(text: string, start: number, head: LineHead): number {
  const { found } = head;
  if (head.level !== Level.none) return start;
  readLevel(text, start, found);
  if (found.level === Level.none) return start;
  const sure = readBetween(text, start, found.start, head);
  const { start: from, end } = found;
  head.takeFound(text);
  return sure ? readAfterLevel(text, from, end, false, head) : passSeparators(text, start);
}

/** A time in the middle (access logs) splits nothing: the whole line is the message. */
export function readInner(text: string, start: number, timeStart: number, timeEnd: number, head: LineHead): number {
  const { found } = head;
  if (head.level !== Level.none) return start;
  readLevel(text.slice(start, timeStart), 0, found);
  const shift = found.level === Level.none ? 0 : start;
  if (found.level === Level.none) readLevel(text, timeEnd, found);
  const word = text.slice(found.start + shift, found.end + shift);
  if (found.level !== Level.none && (found.certain || word === word.toUpperCase())) head.takeFound(text, shift);
  return start;
}
