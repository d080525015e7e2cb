/** What a source calls gravity, as our level. Numbers mean different things by dialect, so the caller names it. */
import { Level } from "../../../../shared/model/level.ts";

const WORDS: Readonly<Record<Exclude<keyof typeof Level, "none">, string>> = {
  trace: "trace trc finest finer verbose silly all",
  debug: "debug dbg debg fine config dbug",
  info: "info inf information informational notice note log success http statement detail context hint",
  warn: "warn warning wrn wrng",
  error: "error err eror erro severe failure fail",
  fatal: "fatal ftl crit critical alert emerg emergency panic dpanic terminal",
};

const byWord = new Map<string, Level>();
for (const [name, words] of Object.entries(WORDS)) {
  const level = Level[name as keyof typeof Level];
  for (const word of words.split(" ")) {
    byWord.set(word, level);
    byWord.set(word.toUpperCase(), level);
    byWord.set(word.charAt(0).toUpperCase() + word.slice(1), level);
  }
}

/** Which two letters level words begin with, so that most words of a text are never cut out of it. */
const beginnings = new Uint8Array(32 * 32);
const pairOf = (first: number, second: number): number => (first & 0x1f) * 32 + (second & 0x1f);
for (const word of byWord.keys()) beginnings[pairOf(word.charCodeAt(0), word.charCodeAt(1))] = 1;

/** False when no level word begins with these two characters; both must be letters or digits. */
export const mayBeginLevel = (first: number, second: number): boolean => beginnings[pairOf(first, second)] === 1;

/** Postgres' LOG, DETAIL … are levels in a field or after its `[pid]`, and everyday words in the text of others. */
const EVERYDAY = new Set(
  "all log note http success config detail context hint statement fine failure terminal alert".split(" "),
);

const byLetter: Readonly<Record<string, Level>> = {
  V: Level.trace,
  T: Level.trace,
  D: Level.debug,
  I: Level.info,
  N: Level.info,
  W: Level.warn,
  E: Level.error,
  C: Level.fatal,
  F: Level.fatal,
};

const LONGEST_WORD = 16;

/** The level that a word of any case names ("WARNING", "Information", "debug2", slog's "DEBUG-4"), or undefined. */
export function levelOfWord(word: string): Level | undefined {
  const known = byWord.get(word);
  if (known !== undefined || word.length > LONGEST_WORD || word.length < 3) return known;
  return byWord.get(
    word
      .trim()
      .toLowerCase()
      .replace(/[-+]?[0-9]+$/, ""),
  );
}

/** Whether a word is a level in some logs and an everyday word in the text of others. */
export const isEveryday = (word: string): boolean => EVERYDAY.has(word.toLowerCase());

/** Same as {@link levelOfWord}, for a word met in running text, where "note" or "all" mean nothing. */
export function levelOfTextWord(word: string): Level | undefined {
  const level = levelOfWord(word);
  return level !== undefined && isEveryday(word) ? undefined : level;
}

/** The single letters of klog, glog, logcat and MongoDB. */
export const levelOfLetter = (letter: string): Level | undefined => byLetter[letter];

/** pino and bunyan: 10 trace … 60 fatal; a custom level counts as the next lower one. */
export function levelOfPino(level: number): Level | undefined {
  if (!(level >= 1 && level < 100)) return undefined;
  return Math.min(Math.max(Math.floor(level / 10), Level.trace), Level.fatal) as Level;
}

/** Syslog severities (RFC 5424): 0 emergency … 7 debug. */
export function levelOfSyslog(severity: number): Level | undefined {
  if (!Number.isInteger(severity) || severity < 0 || severity > 7) return undefined;
  if (severity <= 2) return Level.fatal;
  if (severity === 3) return Level.error;
  if (severity === 4) return Level.warn;
  return severity === 7 ? Level.debug : Level.info;
}

/** OpenTelemetry severity numbers: four a level, 1–4 trace … 21–24 fatal; 0 is unspecified. */
export function levelOfOtel(severity: number): Level | undefined {
  if (!(severity >= 1 && severity <= 24)) return undefined;
  return Math.ceil(severity / 4) as Level;
}

/** Python's `levelno`: 10 debug … 50 critical. */
export function levelOfPython(level: number): Level | undefined {
  if (!(level >= 1 && level <= 100)) return undefined;
  return Math.min(Math.max(Math.floor(level / 10) + 1, Level.trace), Level.fatal) as Level;
}

/** Google Cloud's LogSeverity and Monolog count in hundreds: 100 debug, 200 info. They part above that. */
export function levelOfHundreds(level: number, dialect: "google" | "monolog"): Level | undefined {
  if (!(level >= 100 && level <= 800)) return undefined;
  if (level < 200) return Level.debug;
  if (dialect === "google")
    return [Level.info, Level.info, Level.warn, Level.error][Math.floor(level / 100) - 2] ?? Level.fatal;
  if (level < 300) return Level.info;
  if (level < 400) return Level.warn;
  return level < 500 ? Level.error : Level.fatal;
}
