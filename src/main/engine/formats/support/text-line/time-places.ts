/** Where in a line a time may stand that does not open it. */
import { isDigit } from "../characters.ts";

/** A time further in belongs to the text. */
export const FURTHEST_TIME = 160;
export const MOST_TIME_PLACES = 12;

/** strace and others put a process before a time without a day. */
export const isNumber = (text: string, from: number, to: number): boolean => /^\d{1,10} +$/.test(text.slice(from, to));

/** The next character after a space, a bracket or a colon that may open a time, or -1. */
export function nextPlace(text: string, from: number, limit: number): number {
  for (let at = from + 1; at < text.length && at < limit; at += 1) {
    const before = text.charCodeAt(at - 1);
    const code = text.charCodeAt(at);
    if (before === 0x3a) {
      if (isDigit(code) && text.charCodeAt(at + 4) === 0x2d) return at;
    } else if (before === 0x20 || before === 0x5b || before === 0x7c || before === 0x09) {
      if (isDigit(code) || (code >= 0x41 && code <= 0x57)) return at;
    }
  }
  return -1;
}
