/** Long stretches in which nothing ran that a span was made for: between the children of a span, or between roots. */
import { NO_PARENT } from "../children.ts";
import { childrenOfSpan, endOf, inWords, lengthOf, nameOf, percent, type Finding, type TraceView } from "./finding.ts";

/** Of the whole trace; less is what code between two calls takes. */
const LEAST_SHARE = 0.2;
const LEAST_MICROS = 1_000;

export function gaps(view: TraceView): Finding[] {
  const whole = lengthOf(view);
  const least = Math.max(LEAST_MICROS, whole * LEAST_SHARE);
  const found: Finding[] = [];
  for (let span = 0; span < view.spans.length; span += 1) {
    if ((view.self[span] ?? 0) < least) continue;
    const children = childrenOfSpan(view, span);
    if (children.length === 0) continue;
    for (const { from, to, before, after } of between(view, children, view.start[span] ?? 0, endOf(view, span))) {
      if (to - from < least) continue;
      found.push({
        kind: "gap",
        spans: [span, ...[before, after].filter((near) => near !== null)],
        micros: to - from,
        text: `${nameOf(view, span)} spent ${inWords(to - from)} (${percent((to - from) / whole)} of the trace) ${where(view, before, after)}, with no span that says on what.`,
      });
    }
  }
  return [...found, ...betweenRoots(view, least)];
}

interface Gap {
  readonly from: number;
  readonly to: number;
  readonly before: number | null;
  readonly after: number | null;
}

/** What a stretch of time holds between spans that come by their start. */
function between(view: TraceView, spans: Uint32Array, begin: number, end: number): Gap[] {
  const found: Gap[] = [];
  let reached = begin;
  let before: number | null = null;
  for (const span of spans) {
    const start = Math.min(view.start[span] ?? 0, end);
    if (start > reached) found.push({ from: reached, to: start, before, after: span });
    if (endOf(view, span) > reached) {
      reached = endOf(view, span);
      before = span;
    }
  }
  if (end > reached) found.push({ from: reached, to: end, before, after: null });
  return found;
}

function betweenRoots(view: TraceView, least: number): Finding[] {
  const roots = Uint32Array.from(view.parent.keys()).filter((span) => view.parent[span] === NO_PARENT);
  const everything = Uint32Array.from(view.parent.keys());
  if (roots.length < 2) return [];
  return between(view, everything, 0, lengthOf(view)).flatMap(({ from, to, before, after }): Finding[] =>
    to - from < least || before === null || after === null
      ? []
      : [
          {
            kind: "gap",
            spans: [before, after],
            micros: to - from,
            text: `No span of the trace ran for ${inWords(to - from)}, ${where(view, before, after)}.`,
          },
        ],
  );
}

function where(view: TraceView, before: number | null, after: number | null): string {
  if (before === null) return after === null ? "" : `before ${nameOf(view, after)}`;
  return after === null
    ? `after ${nameOf(view, before)}`
    : `between ${nameOf(view, before)} and ${nameOf(view, after)}`;
}
