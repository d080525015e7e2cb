/** What a series is measured in, guessed by its name: files of metrics seldom say. */
import { formatDuration } from "../format/duration.ts";
import { formatBytes, formatValue } from "../format/number.ts";

export type Unit = "seconds" | "milliseconds" | "microseconds" | "nanoseconds" | "bytes" | "percent" | "ratio" | "none";

/** The last word that is a unit decides: "cpu_seconds_total" counts seconds, "bytes_per_second" is bytes. */
const WORDS: Readonly<Record<string, Unit>> = {
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
  percent: "percent",
  percentage: "percent",
  pct: "percent",
  ratio: "ratio",
  fraction: "ratio",
};

const words = (name: string): readonly string[] =>
  name
    .replaceAll(/([a-z\d])([A-Z])/gu, "$1_$2")
    .toLowerCase()
    .split(/[^a-z\d%]+/u);

export function unitOf(name: string): Unit {
  if (name.includes("%")) return "percent";
  const all = words(name);
  // "requests_per_second" counts requests; the second is not what is measured.
  const measured = all.includes("per") ? all.slice(0, all.indexOf("per")) : all;
  const found = measured.findLast((word) => Object.hasOwn(WORDS, word));
  return found === undefined ? "none" : (WORDS[found] ?? "none");
}

const MICROS: Partial<Readonly<Record<Unit, number>>> = {
  seconds: 1_000_000,
  milliseconds: 1_000,
  microseconds: 1,
  nanoseconds: 0.001,
};

/** 812 ms, 1.4 GB, 12.5 %, 4,812; ratios stay as they are written in the file. */
export function formatWithUnit(value: number, unit: Unit): string {
  if (!Number.isFinite(value)) return "no value";
  const scale = MICROS[unit];
  if (scale !== undefined) return formatDuration(value * scale);
  if (unit === "bytes") return value < 0 ? `−${formatBytes(-value)}` : formatBytes(value);
  return unit === "percent" ? `${formatValue(value)} %` : formatValue(value);
}
