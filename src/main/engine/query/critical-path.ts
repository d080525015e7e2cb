// What held a trace up. Whether a span is waited for at all stands in its text alone, so that every span of the trace is
// read: block by block, as the rows of a page are.
import type { CallOutput } from "../../../shared/contract.ts";
import type { Span } from "../../../shared/model/trace.ts";
import type { SpanFacts } from "../formats/format.ts";
import { NO_PARENT } from "../traces/children.ts";
import { criticalPath } from "../traces/critical-path.ts";
import type { QueryContext } from "./query-context.ts";
import { ordinalOf } from "./record-ref.ts";
import { formatOf } from "./record-text.ts";
import { visitText } from "./segment-text.ts";
import { treeOf } from "./trace-tree.ts";

/** `spans` are those of one trace in the order of their start. */
export function criticalPathOf(
  context: QueryContext,
  spans: readonly Span[],
  checkpoint: () => void,
): CallOutput<"traces.criticalPath"> {
  const facts = factsOf(context, spans, checkpoint);
  const tree = treeOf(spans);
  const detached = Uint8Array.from(facts, (fact, span) => {
    const parent = tree.parent[span] ?? NO_PARENT;
    if (fact === null || parent === NO_PARENT) return 0;
    // A consumer takes up what a producer left, whenever that suits it.
    const isHandedOver = fact.kind === "consumer" && facts[parent]?.kind === "producer";
    return fact.followsFrom || isHandedOver ? 1 : 0;
  });
  return {
    sections: criticalPath({ ...tree, detached }),
    ids: spans.map(({ spanId }, span) => facts[span]?.id || spanId),
  };
}

/** What the text of each span tells; null where its format tells nothing. */
function factsOf(context: QueryContext, spans: readonly Span[], checkpoint: () => void): (SpanFacts | null)[] {
  const { index, columns, reader } = context;
  const facts = new Array<SpanFacts | null>(spans.length).fill(null);
  const bySegment = new Map<number, Map<number, number>>();
  for (const [place, { ref }] of spans.entries()) {
    const ordinal = ordinalOf(index, ref);
    if (ordinal === null) continue;
    const { number, first } = index.segmentAt(ordinal);
    const rows = bySegment.get(number) ?? new Map<number, number>();
    bySegment.set(number, rows.set(ordinal - first, place));
  }
  for (const [number, rows] of bySegment) {
    const segment = index.segments[number];
    const format = segment && formatOf(context, segment);
    if (segment === undefined || format?.span === undefined) continue;
    const mask = new Uint8Array(segment.count);
    for (const row of rows.keys()) mask[row] = 1;
    visitText(reader, columns, segment, mask, checkpoint, (bytes) => (row, start, end) => {
      const place = rows.get(row);
      if (place !== undefined) facts[place] = readFacts(format.span, bytes.subarray(start, end));
    });
  }
  return facts;
}

function readFacts(read: ((raw: Uint8Array) => SpanFacts | null) | undefined, raw: Uint8Array): SpanFacts | null {
  try {
    return read?.(raw) ?? null;
  } catch {
    // Bytes that the format once took and no longer does: the span is drawn as its columns say.
    return null;
  }
}
