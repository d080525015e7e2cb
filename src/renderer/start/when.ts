/** When a case happened and when it was last open, as short as can be said without doubt. */
import { DURATION } from "../../shared/text/duration.ts";
import { formatClock, formatDate } from "../../shared/text/time.ts";
import { offsetLabel, offsetMinutes } from "../../shared/text/zone.ts";

/** "2026-06-20 14:02–14:31 UTC"; null for a case without times. */
export function caseSpan(from: number | null, to: number | null, zone: string): string | null {
  if (from === null || to === null) return null;
  const label = offsetLabel(offsetMinutes(from / 1000, zone));
  const [fromDate, toDate] = [formatDate(from, zone), formatDate(to, zone)];
  const [fromClock, toClock] = [formatClock(from, zone, 0).slice(0, 5), formatClock(to, zone, 0).slice(0, 5)];
  if (fromDate !== toDate) return `${fromDate} ${fromClock} – ${toDate} ${toClock} ${label}`;
  return `${fromDate} ${fromClock === toClock ? fromClock : `${fromClock}–${toClock}`} ${label}`;
}

/** "just now", "12 min ago", "3 h ago", "yesterday", "5 days ago"; a date after a month. */
export function ago(time: number, now: number, zone: string): string {
  const passed = Math.max(0, now - time);
  if (passed < DURATION.minute) return "just now";
  if (passed < DURATION.hour) return `${Math.floor(passed / DURATION.minute)} min ago`;
  if (passed < DURATION.day) return `${Math.floor(passed / DURATION.hour)} h ago`;
  const days = Math.floor(passed / DURATION.day);
  if (days === 1) return "yesterday";
  return days <= 30 ? `${days} days ago` : `on ${formatDate(time, zone)}`;
}

const NAMED = 3;

/** "cart, checkout, orders and 9 more". */
export function servicesText(services: readonly string[]): string {
  const named = services.slice(0, NAMED).join(", ");
  return services.length > NAMED ? `${named} and ${services.length - NAMED} more` : named;
}
