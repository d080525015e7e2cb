/**
 * The words of a text as identifiers are made of them: `maxConns`, `max_conns` and "max conns" are the same two words.
 * Rare words tell more: the weight of a word is its inverse document frequency (Spärck Jones 1972).
 */

const PIECE = /[A-Z]+(?![a-z])|[A-Z]?[a-z]+|\d+/gu;
const IDENTIFIER = /[\p{L}\p{N}_$]+/gu;
const HEX = /^(?=.*\d)[0-9a-f]{8,}$/iu;
/** Stands before an identifier of several words: to share it says more than to share each of them. */
export const WHOLE = "=";
/** Words of every sentence, of every program, and of every commit. */
const COMMON: ReadonlySet<string> = new Set(
  `the a an and or of to in on for from by with at as is are was be it its this that not no if else return then than
  into out up down over under after before only all any each per more less new old now when while where which func function
  def var let const class public private static void int string str bool true false null nil none self err error errors
  fail failed failing failure warn warning info debug get set add use used using make type struct import package main http https www com org
  io net api app go js ts py java src pkg lib cmd internal service services svc server client local cluster file files code
  test tests change changes update updated request requests response responses ctx context value values key name names id ids
  log logs logger msg message data item items list map len range do does did done try catch await async time times read write open close send take start stop call calls page pages row rows size number show run
  feat fix chore refactor docs style perf ci build revert`.split(/\s+/u),
);

/** Crude stemming: plural and the commonest endings, so that "connections" meets "connection", "routing" "route". */
function stem(word: string): string {
  const bare = withoutEnding(word);
  return bare.length > 4 && bare.endsWith("e") ? bare.slice(0, -1) : bare;
}

function withoutEnding(word: string): string {
  if (word.length > 5 && word.endsWith("ies")) return `${word.slice(0, -3)}y`;
  if (word.length > 6 && word.endsWith("ing")) return word.slice(0, -3).replace(/(.)\1$/u, "$1");
  if (word.length > 5 && word.endsWith("ed")) return word.slice(0, -2).replace(/(.)\1$/u, "$1");
  if (word.length > 3 && word.endsWith("s") && !word.endsWith("ss")) return word.slice(0, -1);
  return word;
}

/** A word as a text spells it. */
export function spelled(word: string, text: string): string {
  for (const [piece] of text.matchAll(PIECE)) if (stem(piece.toLowerCase()) === word) return piece.toLowerCase();
  for (const [identifier] of text.matchAll(IDENTIFIER)) {
    if (stem(identifier.replaceAll(/[_$]/gu, "").toLowerCase()) === word) return identifier;
  }
  return word;
}

/** The set of words of a text, whole identifiers among them; numbers, ids and common words are left out. */
export function wordsOf(text: string): Set<string> {
  const words = new Set<string>();
  for (const [identifier] of text.matchAll(IDENTIFIER)) {
    if (HEX.test(identifier)) continue;
    const pieces = identifier.match(PIECE) ?? [];
    for (const piece of pieces) addWord(words, piece);
    if (pieces.length > 1 && pieces.length <= 6 && addWord(words, identifier.replaceAll(/[_$]/gu, "")))
      words.add(WHOLE + identifier.replaceAll(/[_$]/gu, "").toLowerCase());
  }
  return words;
}

function addWord(words: Set<string>, piece: string): boolean {
  const lower = piece.toLowerCase();
  if (lower.length < 3 || lower.length > 60 || /^\d+$/u.test(lower) || COMMON.has(lower)) return false;
  const word = stem(lower);
  if (COMMON.has(word)) return false;
  words.add(word);
  return true;
}

/** How much a word tells, from the number of texts it stands in. */
export class Rarity {
  readonly #count: number;
  readonly #frequency = new Map<string, number>();

  constructor(texts: readonly ReadonlySet<string>[]) {
    this.#count = texts.length;
    for (const words of texts)
      for (const word of words) this.#frequency.set(word, (this.#frequency.get(word) ?? 0) + 1);
  }

  /** 0 for a word in every text, 1 for one that stands in a single text. */
  of(word: string): number {
    if (this.#count < 2) return 1;
    const frequency = Math.max(1, this.#frequency.get(word) ?? 1);
    return Math.log(this.#count / frequency) / Math.log(this.#count);
  }
}
