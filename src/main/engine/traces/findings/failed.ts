/** Where failures began: failed spans none of whose children failed, and how far up each went. */
import { NO_PARENT } from "../children.ts";
import { LEAST_SPANS, OFTEN_FAILS } from "../normal.ts";
import { childrenOfSpan, nameOf, percent, type Finding, type TraceView } from "./finding.ts";

export function failedSpans(view: TraceView): Finding[] {
  const found: Finding[] = [];
  for (const [span, { failed }] of view.spans.entries()) {
    if (!failed || childrenOfSpan(view, span).some((child) => view.spans[child]?.failed === true)) continue;
    const carried = failedAbove(view, span);
    const upTo = carried.at(-1);
    const reach = upTo === undefined ? "" : ` The failure went up to ${nameOf(view, upTo)}.`;
    found.push({
      kind: "failed",
      spans: [span, ...carried],
      micros: view.duration[span] ?? 0,
      text: `${nameOf(view, span)} failed${usually(view, span)}.${reach}`,
    });
  }
  return found;
}

function failedAbove({ parent, spans }: TraceView, span: number): number[] {
  const carried: number[] = [];
  for (let at = parent[span] ?? NO_PARENT; at !== NO_PARENT && spans[at]?.failed === true; at = parent[at] ?? NO_PARENT)
    carried.push(at);
  return carried;
}

function usually(view: TraceView, span: number): string {
  const normal = view.normalOf(span);
  if (normal === undefined || normal.count < LEAST_SPANS) return "";
  const share = percent(normal.failing);
  return normal.failing >= OFTEN_FAILS
    ? `, as it does in ${share} of its calls`
    : `; in all it fails in ${share} of its calls`;
}
