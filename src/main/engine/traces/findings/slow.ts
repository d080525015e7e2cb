/** Spans that took far longer than their operation does in the rest of the case, each where the time was really lost. */
import { slowness } from "../normal.ts";
import { childrenOfSpan, inWords, nameOf, type Finding, type TraceView } from "./finding.ts";

/** A slow child that took so much of what its parent took too long is the parent's reason. */
const EXPLAINED = 0.5;

export function slowSpans(view: TraceView): Finding[] {
  const found: Finding[] = [];
  const above = view.duration.map((duration, span) => excess(view, span, duration));
  for (let span = 0; span < view.spans.length; span += 1) {
    const over = above[span] ?? 0;
    const normal = view.normalOf(span);
    if (over === 0 || normal === undefined) continue;
    const below = childrenOfSpan(view, span).reduce((sum, child) => sum + (above[child] ?? 0), 0);
    if (below >= over * EXPLAINED) continue;
    const duration = view.duration[span] ?? 0;
    const usual = Math.exp(normal.median);
    found.push({
      kind: "slow",
      spans: [span],
      micros: over,
      text: `${nameOf(view, span)} took ${inWords(duration)}, ${Number((duration / usual).toPrecision(2))} times its usual ${inWords(usual)} (median of ${normal.count.toLocaleString("en-US")} spans).`,
    });
  }
  return found;
}

/** What a slow span took beyond its operation's median; 0 for one that is not slow. */
function excess(view: TraceView, span: number, duration: number): number {
  const normal = view.normalOf(span);
  if (normal === undefined || slowness(duration, normal) === null) return 0;
  return duration - Math.exp(normal.median);
}
