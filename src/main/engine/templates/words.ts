/** The few words that are known to belong to a value: units after a number, names of months and days in a date. */

const UNITS: ReadonlySet<string> = new Set(
  (
    "ns us µs ms s sec secs second seconds min mins minute minutes h hr hrs hour hours d day days " +
    "b B kb kB KB KiB mb MB MiB gb GB GiB tb TB TiB byte bytes Bytes kbytes bits Hz kHz MHz GHz"
  ).split(" "),
);
/** Names under which programs write a sentence. */
const TEXT_KEYS: ReadonlySet<string> = new Set(
  "msg message text error err reason event description detail details".split(" "),
);
const MONTHS = "JanFebMarAprMayJunJulAugSepOctNovDec";
const DAYS = "MonTueWedThuFriSatSun";

export const isTextKey = (key: string): boolean => TEXT_KEYS.has(key.toLowerCase());
export const isUnit = (word: string): boolean => UNITS.has(word);

const isIn = (names: string, text: string, at: number): boolean => {
  const first = text.charCodeAt(at);
  if (first < 0x41 || first > 0x5a) return false;
  for (let name = 0; name < names.length; name += 3) {
    if (
      names.charCodeAt(name) === first &&
      names.charCodeAt(name + 1) === text.charCodeAt(at + 1) &&
      names.charCodeAt(name + 2) === text.charCodeAt(at + 2)
    )
      return true;
  }
  return false;
};

/** Whether "Jan" to "Dec" stands at `at`. */
export const isMonth = (text: string, at: number): boolean => isIn(MONTHS, text, at);
/** Whether "Mon" to "Sun" stands at `at`. */
export const isDay = (text: string, at: number): boolean => isIn(DAYS, text, at);

/** Whether "true", "false" or "null" stands at `at`, whatever the case. */
export function isLiteral(text: string, at: number, size: number): boolean {
  const first = text.charCodeAt(at) | 0x20;
  if (first !== 0x74 && first !== 0x66 && first !== 0x6e) return false;
  const word = text.slice(at, at + size).toLowerCase();
  return word === "true" || word === "false" || word === "null";
}
