/** What is said of a source's clock, in the window and on the command line alike. */
import type { ClockRow } from "./contract/correlation.ts";

/** From here on a difference is told unasked: what stands nearby on the timeline may have happened in another order. */
const NOTABLE_MICROS = 100_000;

export const isNotable = ({ differs, offset }: ClockRow): boolean => differs && Math.abs(offset) >= NOTABLE_MICROS;

const UNITS: readonly (readonly [size: number, unit: string])[] = [
  [3_600_000_000, "h"],
  [60_000_000, "min"],
  [1_000_000, "s"],
  [1_000, "ms"],
  [1, "µs"],
];

function length(micros: number): string {
  const [size, unit] = UNITS.find(([least]) => Math.abs(micros) >= least) ?? [1, "µs"];
  return `${Number((Math.abs(micros) / size).toPrecision(3))} ${unit}`;
}

/** "Clock about 2.3 s ahead of traces.json (±12 ms), from 124 shared ids". `nameOf` shortens paths. */
export function clockText(clock: ClockRow, nameOf: (path: string) => string): string {
  const { offset, low, high, ids, basis, referencePath, differs } = clock;
  const reference = nameOf(referencePath);
  const give = length((high - low) / 2);
  const from = `from ${ids.toLocaleString("en-US")} shared ids`;
  if (!differs) return `Clock agrees with that of ${reference} (±${give}), ${from}`;
  const later = basis === "records" ? `; or what it writes comes that much ${offset > 0 ? "later" : "earlier"}` : "";
  return `Clock about ${length(offset)} ${offset > 0 ? "ahead of" : "behind"} that of ${reference} (±${give}), ${from}${later}`;
}
