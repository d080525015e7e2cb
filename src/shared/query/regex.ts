/**
 * People's regular expressions, in the syntax of RE2 (https://github.com/google/re2/wiki/Syntax): no look-around, no
 * back references, and so no expression that takes more than linear time on a hostile line.
 */
import { RE2JS } from "re2js";
import { programOf, type RegexProgram } from "./regex-program.ts";

/** i: either case. m: ^ and $ at each line of a record. s: a dot is a line end too. */
const FLAGS = {
  i: RE2JS.CASE_INSENSITIVE,
  m: RE2JS.MULTILINE,
  s: RE2JS.DOTALL,
} as const;

export interface Regex {
  /** Whether it matches anywhere in the text. */
  readonly test: (text: string) => boolean;
  /** Where it matches, as UTF-16 places; empty matches are left out. */
  readonly matches: (text: string) => readonly { readonly from: number; readonly to: number }[];
  /** What it was compiled to; null where that is not understood here. */
  readonly program: () => RegexProgram | null;
}

/** @param flags letters of {@link FLAGS}. Throws when the pattern cannot be read. */
export function regex(pattern: string, flags: string): Regex {
  let bits = 0;
  for (const [letter, bit] of Object.entries(FLAGS)) if (flags.includes(letter)) bits |= bit;
  const compiled = RE2JS.compile(pattern, bits);
  return {
    test: (text) => compiled.test(text),
    matches(text) {
      const found = [];
      const matcher = compiled.matcher(text);
      while (matcher.find()) {
        if (matcher.end() > matcher.start()) found.push({ from: matcher.start(), to: matcher.end() });
      }
      return found;
    },
    program: () => programOf(compiled),
  };
}

/** Why it cannot be used, in a sentence; null when it can. */
export function regexTrouble(pattern: string, flags: string): string | null {
  const unknown = flags.split("").find((letter) => !(letter in FLAGS));
  if (unknown !== undefined)
    return `A regular expression has no flag "${unknown}" here; there are i (either case), m and s.`;
  try {
    regex(pattern, flags);
    return null;
  } catch (thrown) {
    const why = thrown instanceof Error ? thrown.message.replace(/^error parsing regexp: /, "") : String(thrown);
    return `The regular expression cannot be read: ${why}. Look-around and back references are not supported.`;
  }
}
