/** What a series is measured in, guessed by its name: files of metrics seldom say. */

export const METRIC_UNITS = [
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
  ms: "milliseconds",
  microseconds: "microseconds",
  micros: "microseconds",
  usec: "microseconds",
  us: "microseconds",
  nanoseconds: "nanoseconds",
  nanos: "nanoseconds",
  ns: "nanoseconds",
  bytes: "bytes",
  byte: "bytes",
  kb: "kilobytes",
  kib: "kilobytes",
  mb: "megabytes",
  mi: "megabytes",
  mib: "megabytes",
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

export function unitOf(name: string): MetricUnit {
  const measured = withoutLabels(name);
  if (measured.includes("%")) return "percent";
  const all = words(measured);
  // "requests_per_second" counts requests; the second is not what is measured.
  const own = all.includes("per") ? all.slice(0, all.indexOf("per")) : all;
  const found = own.findLast((word) => Object.hasOwn(WORDS, word));
  if (found !== undefined) return WORDS[found] ?? "none";
  return own.some((word) => COUNTS.has(word)) ? "count" : "none";
}
