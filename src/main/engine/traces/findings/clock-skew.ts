/**
 * Clocks that disagree: nothing begins before what called it, so that a child of another service that does tells how far
 * that service's clock is behind. Where the child fits into its parent, the truth lies between two bounds and the middle
 * is taken, as Jaeger's clock skew adjuster does (https://www.jaegertracing.io/docs/latest/faq/#clock-skew). A child that
 * ends after its parent proves nothing: the parent may not have waited.
 */
import { NO_PARENT } from "../children.ts";
import { endOf, inWords, nameOf, type Finding, type TraceView } from "./finding.ts";
import { quantile } from "../quantiles.ts";

/** Clocks of two machines differ by this much without anything being wrong. */
const TOLERANCE_MICROS = 1_000;

export function clockSkew(view: TraceView): Finding[] {
  const pairs = new Map<string, { readonly spans: number[]; readonly offsets: number[] }>();
  for (let span = 0; span < view.spans.length; span += 1) {
    const parent = view.parent[span] ?? NO_PARENT;
    const offset = parent === NO_PARENT ? 0 : offsetOf(view, span, parent);
    if (offset === 0) continue;
    const key = JSON.stringify([view.spans[parent]?.service, view.spans[span]?.service]);
    const pair = pairs.get(key) ?? { spans: [], offsets: [] };
    pairs.set(key, pair);
    pair.spans.push(span);
    pair.offsets.push(offset);
  }
  return [...pairs.values()].map(({ spans, offsets }): Finding => {
    const offset = quantile(Float64Array.from(offsets).sort(), 0.5);
    const [first = 0] = spans;
    const parent = view.parent[first] ?? 0;
    const service = view.spans[first]?.service ?? "a service without a name";
    const caller = view.spans[parent]?.service ?? "its caller";
    const isSame = service === caller;
    return {
      kind: "clock-skew",
      spans: [...spans, parent],
      micros: offset,
      text: isSame
        ? `${nameOf(view, first)} begins ${inWords(offset)} before its parent though both are of ${service}: its spans come from machines whose clocks differ.`
        : `The clock of ${service} is some ${inWords(offset)} behind that of ${caller}: ${spans.length === 1 ? "a span begins" : `${spans.length} spans begin`} before what called it. They are drawn where they say.`,
    };
  });
}

/** How far the child's clock is behind, in microseconds; 0 where nothing says that it is. */
function offsetOf(view: TraceView, span: number, parent: number): number {
  const least = (view.start[parent] ?? 0) - (view.start[span] ?? 0);
  if (least <= TOLERANCE_MICROS) return 0;
  const most = endOf(view, parent) - endOf(view, span);
  return most >= least ? (least + most) / 2 : least;
}
