/** Values of a difference as its row shows them. */
import type { DifferenceRow, MeasuredSide } from "../../shared/contract/compare.ts";
import { formatDuration } from "../../shared/text/duration.ts";
import { formatValue } from "../../shared/text/number.ts";
import type { Kind } from "./store.ts";

export const KIND_NAMES: Readonly<Record<Kind, readonly [one: string, many: string]>> = {
  template: ["Template", "Templates"],
  attribute: ["Attribute", "Attributes"],
  errors: ["Failures", "Failures"],
  latency: ["Latency", "Latencies"],
  calls: ["Calls", "Calls"],
  metric: ["Metric", "Metrics"],
};
export const KINDS = Object.keys(KIND_NAMES) as readonly Kind[];

const short = (value: number): string => formatValue(Number(value.toPrecision(3)));

/** Slow ones by the minute or hour: "0.0003 a second" says nothing. */
const RATE_UNITS: readonly (readonly [perSecond: number, unit: string])[] = [
  [1, "s"],
  [60, "min"],
  [3_600, "h"],
];
const LEAST_SHOWN = 0.1;

/** Both sides in the unit of the faster one, so that the figures of a row can be held against each other. */
function rateText(value: number, faster: number): string {
  const [times, unit] = RATE_UNITS.find(([size]) => faster * size >= LEAST_SHOWN) ?? [3_600, "h"];
  return `${short(value * times)}/${unit}`;
}

export function valueText(
  { measure, unit, a, b }: Pick<DifferenceRow, "measure" | "unit" | "a" | "b">,
  { value, count }: MeasuredSide,
): string {
  if (count === 0 && (measure === "rate" || measure === "share")) return "none";
  switch (measure) {
    case "rate":
      return rateText(value, Math.max(a.value, b.value));
    case "share":
      if (value > 0 && value < 0.001) return "<0.1 %";
      return `${Number((value * 100).toFixed(value < 0.1 ? 1 : 0))} %`;
    case "level":
      return unit === null ? short(value) : `${short(value)} ${unit}`;
    case "growth":
      return `${short(value)}${unit === null ? "" : ` ${unit}`}/s`;
    default:
      return formatDuration(value);
  }
}

/** "×12", "÷3", "new", "gone": how much, by what is measured. */
export function changeText({ a, b, measure, doublings }: DifferenceRow): string {
  if (measure === "rate" || measure === "share") {
    if (a.count === 0) return "new";
    if (b.count === 0) return "gone";
  }
  const ratio = a.value > 0 && b.value > 0 ? b.value / a.value : 2 ** doublings;
  const times = ratio >= 1 ? ratio : 1 / ratio;
  return `${ratio >= 1 ? "×" : "÷"}${short(times >= 10 ? Math.round(times) : Number(times.toPrecision(2)))}`;
}

/** Lengths of the bars of A and B, 0–1. */
export function barsOf({ a, b }: DifferenceRow): readonly [a: number, b: number] {
  const most = Math.max(Math.abs(a.value), Math.abs(b.value));
  return most === 0 ? [0, 0] : [Math.abs(a.value) / most, Math.abs(b.value) / most];
}
