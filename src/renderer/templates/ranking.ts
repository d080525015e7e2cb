/** Which templates are listed, and in which order. */
import type { TemplateRow } from "../../shared/contract/templates.ts";

export const ORDERS = [
  { order: "count", title: "Most frequent" },
  { order: "new", title: "Newest" },
  { order: "change", title: "Most changed" },
] as const;
export type Order = (typeof ORDERS)[number]["order"];

export interface Ranking {
  readonly order: Order;
  /** Stands in the text, whatever the case. */
  readonly search: string;
  /** True lists the muted ones alone. */
  readonly muted: boolean;
}

const COMPARE: Readonly<Record<Order, (a: TemplateRow, b: TemplateRow) => number>> = {
  count: (a, b) => b.count - a.count,
  new: (a, b) => (b.first ?? -Infinity) - (a.first ?? -Infinity) || b.count - a.count,
  change: (a, b) => Math.abs(b.change) - Math.abs(a.change) || b.count - a.count,
};

export function ranked(templates: readonly TemplateRow[], { order, search, muted }: Ranking): readonly TemplateRow[] {
  const wanted = search.trim().toLowerCase();
  return templates
    .filter((one) => (one.muted !== null) === muted && one.text.toLowerCase().includes(wanted))
    .sort((a, b) => COMPARE[order](a, b) || (a.text < b.text ? -1 : 1));
}

/** A rate that changed by less than this many standard errors may well have changed by chance. */
const LEAST_CHANGE = 3;

/** "new", "gone", "×4.2", "÷3": how often it came in the later time against the earlier; empty where nothing is sure. */
export function changeText({ before, after, change, isNew }: TemplateRow, laterShare: number): string {
  if (Math.abs(change) < LEAST_CHANGE) return isNew ? "new" : "";
  if (before === 0) return "new";
  if (after === 0) return "gone";
  const ratio = after / laterShare / (before / (1 - laterShare));
  const shown = ratio >= 1 ? ratio : 1 / ratio;
  return `${ratio >= 1 ? "×" : "÷"}${shown < 9.95 ? shown.toFixed(1) : Math.round(shown).toLocaleString("en-US")}`;
}
