/** Where failures began: failed spans none of whose children failed, and how far up each went. */
import { NO_PARENT } from "../children.ts";
import { LEAST_SPANS, OFTEN_FAILS } from "../normal.ts";
import { childrenOfSpan, nameOf, percent, type Finding, type TraceView } from "./finding.ts";

/** Failed spans above that a finding points to; of a longer way up only its end is named. */
const MOST_CARRIED = 20;

export function failedSpans(view: TraceView): Finding[] {
  const found: Finding[] = [];
  const top = topFailures(view);
  for (const [span, { failed }] of view.spans.entries()) {
    if (!failed || childrenOfSpan(view, span).some((child) => view.spans[child]?.failed === true)) continue;
    const upTo = top[span] ?? span;
    const reach = upTo === span ? "" : ` The failure went up to ${nameOf(view, upTo)}.`;
    found.push({
      kind: "failed",
      spans: [span, ...failedAbove(view, span)],
      micros: view.duration[span] ?? 0,
      text: `${nameOf(view, span)} failed${usually(view, span)}.${reach}`,
    });
  }
  return found;
}

function failedAbove({ parent, spans }: TraceView, span: number): number[] {
  const carried: number[] = [];
  let at = parent[span] ?? NO_PARENT;
  while (at !== NO_PARENT && spans[at]?.failed === true && carried.length < MOST_CARRIED) {
    carried.push(at);
    at = parent[at] ?? NO_PARENT;
  }
  return carried;
}

/** The last of the failed spans straight above each failed span, itself included; each way up is walked once. */
function topFailures({ parent, spans }: TraceView): Uint32Array {
  const top = new Uint32Array(spans.length).fill(NO_PARENT);
  for (let span = 0; span < spans.length; span += 1) {
    const way: number[] = [];
    let at = span;
    while (top[at] === NO_PARENT) {
      way.push(at);
      const above = parent[at] ?? NO_PARENT;
      if (above === NO_PARENT || spans[above]?.failed !== true) break;
      at = above;
    }
    const end = top[at] === NO_PARENT ? at : (top[at] ?? at);
    for (const step of way) top[step] = end;
  }
  return top;
}

function usually(view: TraceView, span: number): string {
  const normal = view.normalOf(span);
  if (normal === undefined || normal.count < LEAST_SPANS) return "";
  const share = percent(normal.failing);
  return normal.failing >= OFTEN_FAILS
    ? `, as it does in ${share} of its calls`
    : `; in all it fails in ${share} of its calls`;
}
