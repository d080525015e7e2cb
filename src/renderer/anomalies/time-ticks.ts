/** Round moments of a time axis, round in the zone that they are written in. */
import { formatClock, formatShortDate } from "../../shared/text/time.ts";
import { offsetMinutes } from "../../shared/text/zone.ts";

const SECOND = 1_000_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

const STEPS: readonly number[] = [
  ...[1, 10, 100].flatMap((power) => [1_000 * power, 2_000 * power, 5_000 * power]),
  ...[1, 2, 5, 10, 15, 30].map((count) => count * SECOND),
  ...[1, 2, 5, 10, 15, 30].map((count) => count * MINUTE),
  ...[1, 2, 3, 6, 12].map((count) => count * HOUR),
  ...[1, 2, 7, 14, 28, 91, 364].map((count) => count * DAY),
];

/** The smallest round step that gives at most `most` ticks. */
export const tickStep = (span: number, most: number): number =>
  STEPS.find((step) => span / step <= most) ?? Math.ceil(span / most / DAY) * DAY;

export function timeTicks(from: number, to: number, most: number, zone: string): readonly number[] {
  if (!(to > from) || most < 1) return [];
  const step = tickStep(to - from, most);
  // Days and hours begin by the clocks of the zone.
  const shift = offsetMinutes(Math.floor(from / 1_000), zone) * MINUTE;
  const found: number[] = [];
  for (let count = Math.ceil((from + shift) / step); count * step - shift <= to; count += 1) {
    found.push(count * step - shift);
  }
  return found;
}

/** As precise as the step needs; the date where a day begins. */
export function tickLabel(time: number, step: number, zone: string): string {
  const clock = formatClock(time, zone, step < SECOND ? 3 : 0);
  if (clock.startsWith("00:00:00") && step >= MINUTE) return formatShortDate(time, zone);
  return step < MINUTE ? clock : clock.slice(0, 5);
}
