/** What a series is measured in, guessed by its name: files of metrics seldom say. */

const METRIC_UNITS = [
  "seconds",
  "milliseconds",
  "microseconds",
  "nanoseconds",
  "bytes",
  "kilobytes",
  "megabytes",
  "gigabytes",
  "percent",
  "ratio",
  "count",
  "none",
] as const;
export type MetricUnit = (typeof METRIC_UNITS)[number];

/** The last word that is a unit decides: "cpu_seconds_total" counts seconds, "bytes_per_second" is bytes. */
const WORDS: Readonly<Record<string, MetricUnit>> = {
  seconds: "seconds",
  second: "seconds",
  secs: "seconds",
  sec: "seconds",
  s: "seconds",
  milliseconds: "milliseconds",
  millis: "milliseconds",
  msec: "milliseconds",
  millisecond: "milliseconds",
  ms: "milliseconds",
  microseconds: "microseconds",
  micros: "microseconds",
  usec: "microseconds",
  microsecond: "microseconds",
  us: "microseconds",
  nanoseconds: "nanoseconds",
  nanos: "nanoseconds",
  nanosecond: "nanoseconds",
  ns: "nanoseconds",
  bytes: "bytes",
  byte: "bytes",
  kilobytes: "kilobytes",
  kilobyte: "kilobytes",
  kb: "kilobytes",
  kib: "kilobytes",
  megabytes: "megabytes",
  megabyte: "megabytes",
  mb: "megabytes",
  mi: "megabytes",
  mib: "megabytes",
  gigabytes: "gigabytes",
  gigabyte: "gigabytes",
  gb: "gigabytes",
  gi: "gigabytes",
  gib: "gigabytes",
  percent: "percent",
  percentage: "percent",
  pct: "percent",
  ratio: "ratio",
  fraction: "ratio",
};
/** Words that say "a number of things" where no unit is named. */
const COUNTS: ReadonlySet<string> = new Set(["total", "count", "sum"]);

const words = (name: string): readonly string[] =>
  name
    .replaceAll(/([a-z\d])([A-Z])/gu, "$1_$2")
    .toLowerCase()
    .split(/[^a-z\d%]+/u);

/** Labels in braces say where a series was measured, not in what. */
const withoutLabels = (name: string): string => (name.endsWith("}") ? name.slice(0, name.indexOf("{") >>> 0) : name);

/** A label that states it, as series of monitoring services do; `unit` may as well be a unit of systemd. */
const STATED = /[{,]unit="([^"\\]{1,30})"[,}]/u;
/** UCUM's symbols, https://ucum.org, and those of monitoring services that are no words of names. */
const SYMBOLS: Readonly<Record<string, MetricUnit>> = { By: "bytes", B: "bytes", "%": "percent", "10^2.%": "ratio" };

/** "Bytes/Second" counts bytes. */
function statedUnit(name: string): MetricUnit | undefined {
  const stated = name.endsWith("}") ? STATED.exec(name)?.[1] : undefined;
  const [unit = "", ...others] = stated?.split(/\/|Per(?=[A-Z])/u) ?? [];
  if (others.length > 1) return undefined;
  if (Object.hasOwn(SYMBOLS, unit)) return SYMBOLS[unit];
  const word = unit.toLowerCase();
  if (Object.hasOwn(WORDS, word)) return WORDS[word];
  return COUNTS.has(word) ? "count" : undefined;
}

export function unitOf(name: string): MetricUnit {
  const measured = withoutLabels(name);
  if (measured.includes("%")) return "percent";
  const all = words(measured);
  // "requests_per_second" counts requests; the second is not what is measured.
  const own = all.includes("per") ? all.slice(0, all.indexOf("per")) : all;
  const found = own.findLast((word) => Object.hasOwn(WORDS, word));
  if (found !== undefined) return WORDS[found] ?? "none";
  if (own.some((word) => COUNTS.has(word))) return "count";
  return statedUnit(name) ?? "none";
}
