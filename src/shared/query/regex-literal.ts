/**
 * Texts of which one stands in whatever a regular expression matches, so that most of a case need not be matched against
 * it. Reads the syntax of RE2 (https://github.com/google/re2/wiki/Syntax) no further than it must: what is unsure ends a
 * piece of text and begins another.
 */

export interface RequiredTexts {
  /** One of these stands in every match; empty when nothing is known. */
  readonly texts: readonly string[];
  /** Whether their ASCII letters may stand in either case. */
  readonly isFolded: boolean;
}

/** Text that is taken as it is, and flags that are repeated, which repeats the part before them. */
const LEFT_ALONE = /\\Q|\(\?[a-zA-Z-]*\)[*+?{]/;
/** A group that switches "either case" on, for itself or for all that follows. */
const FOLDS = /\(\?[a-zA-Z]*i/;
/** Classes, edges, characters by their number; a lone backslash where what follows means itself. */
const ESCAPE = /^\\(?:[pP](?:\{[^}]*\}|.)|x(?:\{[^}]*\}|..)|[0-7]{1,3}|[A-Za-z0-9]|)/su;
const REPEAT = /^(?:[*+?]|\{\d*(?:,\d*)?\})[?+]?/;
/** At least once. */
const REQUIRED_REPEAT = /^(?:\+|\{0*[1-9])/;
const ESCAPED_SIGN = /^\\[!-/:-@[-`{-~]/;
const META = /[\\^$.|?*+()[\]{}]/;
const GROUP = /^\((?:\?(?:P?<\w+>|[a-zA-Z-]*:))?/;
/** Small "k" is the Kelvin sign's too, "s" the long s's. */
const FOLDS_BEYOND_ASCII = /[^\0-\x7f]|[ksKS]/;
/** What bytes that are not UTF-8 are read as, and halves of characters. */
const UNSURE = /[\ufffd\ud800-\udfff]/;
/** Each is looked for on its own. */
const MOST_TEXTS = 8;

/** @param flags as `regex` takes them, for a pattern that it takes. */
export function requiredTexts(pattern: string, flags: string): RequiredTexts {
  const isFolded = flags.includes("i") || FOLDS.test(pattern);
  if (LEFT_ALONE.test(pattern)) return { texts: [], isFolded };
  const texts = new Alternatives(pattern, isFolded).read();
  return { texts: texts.length > MOST_TEXTS ? [] : texts, isFolded };
}

/** Reads alternatives up to the end or the bracket that closes them. */
class Alternatives {
  readonly #pattern: string;
  readonly #isFolded: boolean;
  #at = 0;

  constructor(pattern: string, isFolded: boolean) {
    this.#pattern = pattern;
    this.#isFolded = isFolded;
  }

  /** One of these is required, none where an alternative requires none. */
  read(): readonly string[] {
    const texts = [this.#sequence()];
    while (this.#pattern.charAt(this.#at) === "|") {
      this.#at += 1;
      texts.push(this.#sequence());
    }
    return texts.some((one) => one.length === 0) ? [] : texts.flat();
  }

  /** The best of what its parts require, for all of them are. */
  #sequence(): readonly string[] {
    let best: readonly string[] = [];
    let piece = "";
    const offer = (texts: readonly string[]): void => {
      if (shortest(texts) > shortest(best)) best = texts;
    };
    const end = (): void => {
      offer(piece === "" ? [] : [piece]);
      piece = "";
    };
    for (;;) {
      const rest = this.#pattern.slice(this.#at);
      if (rest === "" || /^[|)]/.test(rest)) break;
      const sign = signAt(rest);
      if (sign === null) {
        end();
        const texts = this.#part(rest);
        if (this.#isRequired()) offer(texts);
        continue;
      }
      this.#at += sign.length;
      const letter = sign.slice(-1);
      const isRepeated = REPEAT.test(this.#pattern.slice(this.#at));
      if (this.#isRequired() && !this.#isUnsure(letter)) piece += letter;
      else end();
      if (isRepeated) end();
    }
    end();
    return best;
  }

  /** Steps over a group, a class, an escape or a sign that means something. Gives what it requires if it stands once. */
  #part(rest: string): readonly string[] {
    if (rest.startsWith("[")) this.#at = afterClass(this.#pattern, this.#at);
    else if (!rest.startsWith("(")) this.#at += ESCAPE.exec(rest)?.[0].length ?? 1;
    else {
      const isGroup = !rest.startsWith("(?") || (GROUP.exec(rest)?.[0].length ?? 0) > 1;
      this.#at += isGroup ? (GROUP.exec(rest)?.[0].length ?? 1) : 1;
      const texts = this.read();
      this.#at += 1;
      return isGroup ? texts : [];
    }
    return [];
  }

  /** Steps over what says how often the part before stands; false where it may be missing. */
  #isRequired(): boolean {
    const rest = this.#pattern.slice(this.#at);
    const repeat = REPEAT.exec(rest);
    if (repeat === null) return true;
    this.#at += repeat[0].length;
    return REQUIRED_REPEAT.test(rest);
  }

  #isUnsure(letter: string): boolean {
    return UNSURE.test(letter) || (this.#isFolded && FOLDS_BEYOND_ASCII.test(letter));
  }
}

const shortest = (texts: readonly string[]): number =>
  texts.length === 0 || texts.length > MOST_TEXTS ? 0 : Math.min(...texts.map(({ length }) => length));

/** A sign that means itself, with the backslash before it. */
function signAt(rest: string): string | null {
  if (ESCAPED_SIGN.test(rest)) return rest.slice(0, 2);
  const letter = rest.charAt(0);
  return META.test(letter) ? null : letter;
}

/** Behind the bracket that closes the class; one that comes first in it belongs to it. */
function afterClass(pattern: string, from: number): number {
  let at = from + 1;
  if (pattern.charAt(at) === "^") at += 1;
  if (pattern.charAt(at) === "]") at += 1;
  while (at < pattern.length && pattern.charAt(at) !== "]") {
    const close = pattern.startsWith("[:", at) ? pattern.indexOf(":]", at) : -1;
    if (close === -1) at += pattern.charAt(at) === "\\" ? 2 : 1;
    else at = close + 2;
  }
  return at + 1;
}
