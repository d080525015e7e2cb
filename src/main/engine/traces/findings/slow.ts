/** Spans that took far longer than their operation does in the rest of the case, each where the time was really lost. */
import { slowness } from "../normal.ts";
import { childrenOfSpan, inWords, lengthOf, nameOf, type Finding, type TraceView } from "./finding.ts";

/** A slow child that took so much of what its parent took too long is the parent's reason. */
const EXPLAINED = 0.5;
/** Of the whole trace; what cost less did not make it slow. */
const LEAST_SHARE = 0.01;

/** One finding an operation, its spans by what they took too long. */
export function slowSpans(view: TraceView): Finding[] {
  const least = lengthOf(view) * LEAST_SHARE;
  const above = view.duration.map((duration, span) => excess(view, span, duration));
  const byOperation = new Map<number, number[]>();
  for (let span = 0; span < view.spans.length; span += 1) {
    const over = above[span] ?? 0;
    if (over < least || over === 0) continue;
    const below = childrenOfSpan(view, span).reduce((sum, child) => sum + (above[child] ?? 0), 0);
    if (below >= over * EXPLAINED) continue;
    const code = view.operation[span] ?? 0;
    byOperation.set(code, [...(byOperation.get(code) ?? []), span]);
  }
  return [...byOperation.values()].flatMap((spans): Finding[] => {
    spans.sort((a, b) => (above[b] ?? 0) - (above[a] ?? 0));
    const [worst = 0] = spans;
    const normal = view.normalOf(worst);
    if (normal === undefined) return [];
    const usual = Math.exp(normal.median);
    const times = Number(((view.duration[worst] ?? 0) / usual).toPrecision(2));
    const others = spans.length - 1;
    return [
      {
        kind: "slow",
        spans,
        micros: spans.reduce((sum, span) => sum + (above[span] ?? 0), 0),
        text:
          `${nameOf(view, worst)} took ${inWords(view.duration[worst] ?? 0)}, ${times} times its usual ${inWords(usual)} ` +
          `(median of ${normal.count.toLocaleString("en-US")} spans)${others > 0 ? `; ${others} more of it ${others === 1 ? "was" : "were"} slow too` : ""}.`,
      },
    ];
  });
}

/** What a slow span took beyond its operation's median; 0 for one that is not slow. */
function excess(view: TraceView, span: number, duration: number): number {
  const normal = view.normalOf(span);
  if (normal === undefined || slowness(duration, normal) === null) return 0;
  return duration - Math.exp(normal.median);
}
