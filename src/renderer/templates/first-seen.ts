/** When a template was first seen, in as few letters as tell: the date only where the templates of several days meet. */
import type { TemplateRow } from "../../shared/contract/templates.ts";
import { formatClock, formatDate } from "../../shared/text/time.ts";

/** True where not all templates were first seen on the same day of `zone`. */
export function seenOnDays(templates: readonly Pick<TemplateRow, "first">[], zone: string): boolean {
  let least = Infinity;
  let most = -Infinity;
  for (const { first } of templates) {
    if (first === null) continue;
    least = Math.min(least, first);
    most = Math.max(most, first);
  }
  return most > least && formatDate(least, zone) !== formatDate(most, zone);
}

/** 14:03:11, or 2026-06-20 14:03:11 */
export function firstSeen(first: number, zone: string, dated: boolean): string {
  const clock = formatClock(first, zone, 0);
  return dated ? `${formatDate(first, zone)} ${clock}` : clock;
}
