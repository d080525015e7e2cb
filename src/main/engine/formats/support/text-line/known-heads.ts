/**
 * Heads of text lines that were read lately: what stands between the time and the message mostly comes again, but for the
 * digits of a process or a thread, and then says the same. Whatever is not certain to be read alike is read in full.
 */
import type { Level } from "../../../../../shared/model/level.ts";
import { isDigit, isLetter } from "../characters.ts";

/** Loggers that write in turn; each is compared up to where it differs. */
const MOST_HEADS = 12;
/** Longer ones hold what does not come again. */
const LONGEST_HEAD = 120;
/** So many lines in a row whose heads were not known are a log without such heads: nothing more is learnt of it. */
const PATIENCE = 256;
const SPACE = 0x20;
const TILDE = 0x7e;

export interface KnownHead {
  readonly codes: Uint8Array;
  readonly level: Level;
  readonly service: string | null;
  /** The head was ended by its last part (a logger, a process), whatever the message begins with. */
  readonly isClosed: boolean;
}

export class KnownHeads {
  readonly #heads: KnownHead[] = [];
  #last = 0;
  #next = 0;
  #patience = PATIENCE;

  /** The head that stands at `at` in the text, the message behind it being one that no part of a head could begin; or null. */
  find(text: string, at: number): KnownHead | null {
    if (this.#patience === 0) return null;
    const heads = this.#heads;
    for (let tried = 0; tried < heads.length; tried += 1) {
      const index = tried === 0 ? this.#last : tried <= this.#last ? tried - 1 : tried;
      const head = heads[index];
      if (head === undefined || !isAlike(head.codes, text, at)) continue;
      // A longer head may begin alike, with what is no message.
      if (!isMessage(text, at + head.codes.length, head.isClosed)) continue;
      this.#last = index;
      this.#patience = PATIENCE;
      return head;
    }
    return null;
  }

  /**
   * `from … to` is the head. Only what is written in plain characters, ends with a space and stands before such a message
   * as {@link find} takes is learnt: how a head is read may depend on what comes behind it.
   */
  learn(text: string, from: number, to: number, head: Omit<KnownHead, "codes">): void {
    if (this.#patience === 0) return;
    this.#patience -= 1;
    if (to - from > LONGEST_HEAD || text.charCodeAt(to - 1) !== SPACE || !isMessage(text, to, head.isClosed)) return;
    if (this.#heads.some(({ codes }) => codes.length === to - from && isAlike(codes, text, from))) return;
    // A service that is written with digits may be another one in the next line.
    if (head.service !== null && /\d/.test(head.service)) return;
    const codes = new Uint8Array(to - from);
    for (let at = from; at < to; at += 1) {
      const code = text.charCodeAt(at);
      if (code < SPACE || code > TILDE) return;
      codes[at - from] = code;
    }
    this.#heads[this.#next] = { ...head, codes };
    this.#last = this.#next;
    this.#next = (this.#next + 1) % MOST_HEADS;
  }
}

/** The same characters, but for digits in place of digits. */
function isAlike(codes: Uint8Array, text: string, from: number): boolean {
  for (let at = 0; at < codes.length; at += 1) {
    const known = codes[at] ?? 0;
    const code = text.charCodeAt(from + at);
    if (code !== known && !(isDigit(code) && isDigit(known))) return false;
  }
  return true;
}

/** Whether a message begins at `at` that no part of a head could begin. */
const isMessage = (text: string, at: number, isClosed: boolean): boolean =>
  isClosed ? beginsText(text.charCodeAt(at)) : beginsSentence(text, at);

/** Letters, digits, quotes, "/", "(" and "{": no part of a head goes on with these behind its own end. */
const beginsText = (code: number): boolean =>
  isLetter(code) || isDigit(code) || code === 0x22 || code === 0x27 || code === 0x28 || code === 0x2f || code === 0x7b;

/**
 * A word without the signs that end a logger, a source or a process, and then a single space and a letter or digit: what
 * ends a logger may stand behind blanks too.
 */
function beginsSentence(text: string, from: number): boolean {
  const first = text.charCodeAt(from);
  if (!beginsText(first) || isDigit(first)) return false;
  let at = from;
  for (let code = first; code !== SPACE; code = text.charCodeAt(at)) {
    if (!(code > SPACE && code <= TILDE) || code === 0x3a || code === 0x5b || code === 0x7c) return false;
    at += 1;
  }
  const next = text.charCodeAt(at + 1);
  return isLetter(next) || isDigit(next);
}
