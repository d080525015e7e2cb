/** A difference in words: what changed, from what to what, and how much of that is certain. */
import type { Difference, Measured } from "./difference.ts";

const count = (value: number): string => value.toLocaleString("en-US");
const short = (value: number): string =>
  Math.abs(value) >= 1_000 ? count(Math.round(value)) : String(Number(value.toPrecision(3)));
const percent = (share: number): string =>
  share > 0 && share < 0.001 ? "<0.1 %" : `${Number((share * 100).toFixed(share < 0.1 ? 1 : 0))} %`;

const DURATIONS: readonly (readonly [micros: number, unit: string])[] = [
  [60_000_000, "min"],
  [1_000_000, "s"],
  [1_000, "ms"],
  [1, "µs"],
];
function duration(value: number): string {
  const [micros, unit] = DURATIONS.find(([size]) => value >= size) ?? [1, "µs"];
  return `${short(value / micros)} ${unit}`;
}

/** Slow ones by the minute or hour, "0.0003 a second" says nothing; both sides alike, so that they can be compared. */
function rate(value: number, faster: number): string {
  if (faster >= 0.1 || faster === 0) return `${short(value)}/s`;
  return faster * 60 >= 0.1 ? `${short(value * 60)}/min` : `${short(value * 3_600)}/h`;
}

function measuredText(
  { measure, unit, a, b }: Pick<Difference, "measure" | "unit" | "a" | "b">,
  { value }: Measured,
): string {
  const units = unit === null ? "" : ` ${unit}`;
  switch (measure) {
    case "rate":
      return rate(value, Math.max(a.value, b.value));
    case "share":
      return percent(value);
    case "level":
      return `${short(value)}${units}`;
    case "growth":
      return `${short(value)}${units}/s`;
    default:
      return duration(value);
  }
}

const LONGEST_NAME = 160;

/** "p95 of checkout POST /pay", without the values. */
function subjectOf({ kind, field, name, measure }: Difference): string {
  const shown = name.length > LONGEST_NAME ? `${name.slice(0, LONGEST_NAME)}…` : name;
  const owned = field === null ? shown : `${field} ${shown}`;
  switch (kind) {
    case "attribute":
      return `${field ?? ""} = ${shown}`;
    case "latency":
      return `${measure} of ${owned}`;
    case "errors":
      return `Failures of ${owned}`;
    case "calls":
      return `Calls of ${owned}`;
    default:
      return owned;
  }
}

/** "… : 12 % instead of 0.3 %, at least 24 times the odds". */
export function sentenceOf(difference: Difference): string {
  const { a, b, measure } = difference;
  const now = measuredText(difference, b);
  const before = measuredText(difference, a);
  return `${subjectOf(difference)}: ${howMuch(difference, now, before)}${measure === "level" || measure === "growth" ? "" : certainly(difference)}`;

  function howMuch({ kind }: Difference, to: string, from: string): string {
    const isCount = measure === "rate" || measure === "share";
    if (kind === "metric" && measure === "rate") {
      return b.count === 0
        ? `no sample any more, ${count(a.count)} in A`
        : `reports since B, ${count(b.count)} samples`;
    }
    if (isCount && a.count === 0) return `new, ${count(b.count)} in B (${to}) and none in A`;
    if (isCount && b.count === 0) return `gone, ${count(a.count)} in A (${from}) and none in B`;
    return `${to} in B, ${from} in A`;
  }
}

/** Empty where the interval has no end that says more than the figures. */
function certainly({ effect, measure, a, b }: Difference): string {
  if (a.count === 0 || b.count === 0) return "";
  const times = 2 ** Math.abs(effect.atLeast);
  const of = measure === "share" ? " the odds" : "";
  return effect.atLeast > 0 ? `; at least ${short(times)} times${of}` : `; at most 1/${short(times)}${of}`;
}
