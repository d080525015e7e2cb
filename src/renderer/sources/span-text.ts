/** From when to when a source is, in a column: to the second, and what is the same said once. */
import { formatClock, formatShortDate } from "../../shared/text/time.ts";

export function spanText(from: number, to: number, zone: string): string {
  const [fromDay, toDay] = [formatShortDate(from, zone), formatShortDate(to, zone)];
  const [fromClock, toClock] = [formatClock(from, zone, 0), formatClock(to, zone, 0)];
  if (fromDay !== toDay) return `${fromDay}, ${fromClock} – ${toDay}, ${toClock}`;
  return `${fromDay}, ${fromClock === toClock ? fromClock : `${fromClock}–${toClock}`}`;
}
