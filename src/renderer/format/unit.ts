/** Values with the unit of their series. */
import type { MetricUnit } from "../../shared/model/metric-unit.ts";
import { formatDuration } from "../../shared/text/duration.ts";
import { formatBytes, formatValue } from "../../shared/text/number.ts";

const MICROS: Partial<Readonly<Record<MetricUnit, number>>> = {
  seconds: 1_000_000,
  milliseconds: 1_000,
  microseconds: 1,
  nanoseconds: 0.001,
};
/** Whether a megabyte is 1000² or 1024² bytes is told by few names and kept by fewer: read as the nearer round number. */
const BYTES: Partial<Readonly<Record<MetricUnit, number>>> = {
  bytes: 1,
  kilobytes: 1e3,
  megabytes: 1e6,
  gigabytes: 1e9,
};

/** 812 ms, 1.4 GB, 12.5 %, 4,812; ratios stay as they are written in the file. */
export function formatWithUnit(value: number, unit: MetricUnit): string {
  if (!Number.isFinite(value)) return "no value";
  const micros = MICROS[unit];
  if (micros !== undefined) return formatDuration(value * micros);
  const bytes = BYTES[unit];
  if (bytes !== undefined) return value < 0 ? `−${formatBytes(-value * bytes)}` : formatBytes(value * bytes);
  return unit === "percent" ? `${formatValue(value)} %` : formatValue(value);
}
