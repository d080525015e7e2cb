/** A time as text: ISO 8601 in UTC with as many decimals as the source wrote, no more and no fewer. */
import type { Micros } from "./units.ts";
import { MICROS_PER_SECOND } from "./units.ts";

export function formatTimestamp(time: Micros, nanos = 0, digits = 6): string {
  const seconds = Math.floor(time / MICROS_PER_SECOND);
  const whole = new Date(seconds * 1_000).toISOString().slice(0, 19);
  if (digits <= 0) return `${whole}Z`;
  const belowSecond = (time - seconds * MICROS_PER_SECOND) * 1_000 + nanos;
  return `${whole}.${String(belowSecond).padStart(9, "0").slice(0, Math.min(digits, 9))}Z`;
}
