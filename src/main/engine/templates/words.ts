/** The few words that are known to belong to a value: units after a number, names of months and days in a date. */
import { type Codes, codeAt } from "./message-text.ts";

/** Names under which programs write a sentence. */
const TEXT_KEYS: ReadonlySet<string> = new Set(
  "msg message text error err reason event description detail details".split(" "),
);

/** A short ASCII word as one exact number, seven bits a character: no string is made to look one up. */
const LONGEST_KEYED = 7;

const keysOf = (words: string): ReadonlySet<number> =>
  new Set(words.split(" ").map((word) => keyAt(new TextEncoder().encode(word), 0, word.length, 0)));

const UNITS = keysOf(
  "ns us ms s sec secs second seconds min mins minute minutes h hr hrs hour hours d day days " +
    "b B kb kB KB KiB mb MB MiB gb GB GiB tb TB TiB byte bytes Bytes kbytes bits Hz kHz MHz GHz",
);
const LITERALS = keysOf("true false null");
const MONTHS = "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec";
const MONTH_KEYS = keysOf(MONTHS);
const MONTH_NAMES: ReadonlySet<string> = new Set(MONTHS.split(" "));
const DAY_KEYS = keysOf("Mon Tue Wed Thu Fri Sat Sun");
/** What sets a letter in small ones. */
const SMALL = 0x20;

function keyAt(codes: Codes, start: number, end: number, fold: number): number {
  let key = 0;
  for (let at = start; at < end; at += 1) key = key * 128 + (codeAt(codes, at) | fold);
  return key;
}

const isIn = (words: ReadonlySet<number>, codes: Codes, start: number, end: number): boolean =>
  end - start <= LONGEST_KEYED && words.has(keyAt(codes, start, end, 0));

const isCapital = (code: number): boolean => code >= 0x41 && code <= 0x5a;

export const isTextKey = (key: string): boolean => TEXT_KEYS.has(key.toLowerCase());

/** Whether the ASCII word `start … end` is a unit. */
export const isUnit = (codes: Codes, start: number, end: number): boolean => isIn(UNITS, codes, start, end);

/** Whether it is "Jan" to "Dec". */
export const isMonth = (codes: Codes, start: number, end: number): boolean =>
  isCapital(codeAt(codes, start)) && isIn(MONTH_KEYS, codes, start, end);

/** The same of three characters that may be any. */
export const isMonthName = (name: string): boolean => MONTH_NAMES.has(name);

/** Whether it is "Mon" to "Sun". */
export const isDay = (codes: Codes, start: number, end: number): boolean =>
  isCapital(codeAt(codes, start)) && isIn(DAY_KEYS, codes, start, end);

/** Whether the ASCII word `start … end`, of four or five letters, is "true", "false" or "null", whatever the case. */
export function isLiteral(codes: Codes, start: number, end: number): boolean {
  const first = codeAt(codes, start) | SMALL;
  if (first !== 0x74 && first !== 0x66 && first !== 0x6e) return false;
  return LITERALS.has(keyAt(codes, start, end, SMALL));
}
