/** How far out a value lies, in the measure of its own series. */
import type { Band } from "./detector.ts";

/** How many times the band's own reach to that side the peak lies from its middle; 0 without a band. */
export function excessOf(band: Band | null, peakValue: number): number {
  if (band === null) return 0;
  const distance = Math.abs(peakValue - band.center);
  const reach = peakValue >= band.center ? band.high - band.center : band.center - band.low;
  // A series that never went there has no reach on that side: the other side is the only measure.
  const scale = reach > 0 ? reach : band.high - band.low;
  if (scale > 0) return distance / scale;
  return distance > 0 ? Number.POSITIVE_INFINITY : 0;
}
