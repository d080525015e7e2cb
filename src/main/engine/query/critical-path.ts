// What held a trace up. Whether a span is waited for at all stands in its text alone; only the spans that the path comes
// by decide where it goes, so that only theirs is read.
import type { CallOutput } from "../../../shared/contract.ts";
import { textOf } from "../../../shared/model/trace-columns.ts";
import { NO_PARENT } from "../traces/children.ts";
import { walkedPath } from "../traces/critical-path.ts";
import type { QueryContext } from "./query-context.ts";
import { SpanFactsReader } from "./span-facts.ts";
import type { TraceSpans } from "./traces.ts";

/** Detached spans come to light one after the other: after so many walks every span is read. */
const MOST_WALKS = 4;

export function criticalPathOf(
  context: QueryContext,
  { tree, ordinals }: TraceSpans,
  checkpoint: () => void,
): CallOutput<"traces.criticalPath"> {
  const facts = new SpanFactsReader(context, ordinals);
  const detached = new Uint8Array(ordinals.length);
  for (let walk = 1; ; walk += 1) {
    const { sections, walked } = walkedPath({ ...tree, detached });
    checkpoint();
    facts.read(walk < MOST_WALKS ? walked : walked.fill(1), checkpoint);
    if (!markDetached(detached, walked, tree.parent, facts)) return { sections };
  }
}

/** Whether a span that the path came by turned out to be one that nobody waits for. */
function markDetached(detached: Uint8Array, looked: Uint8Array, parents: Uint32Array, facts: SpanFactsReader): boolean {
  let isNew = false;
  for (let span = 0; span < detached.length; span += 1) {
    const parent = parents[span] ?? NO_PARENT;
    const fact = looked[span] === 1 && parent !== NO_PARENT && detached[span] === 0 ? facts.of(span) : null;
    if (fact === null) continue;
    // A consumer takes up what a producer left, whenever that suits it.
    const isHandedOver = fact.kind === "consumer" && facts.of(parent)?.kind === "producer";
    if (!fact.followsFrom && !isHandedOver) continue;
    detached[span] = 1;
    isNew = true;
  }
  return isNew;
}

/** Id of each span as its source writes it; records carry ids in lower case. Reads the text of every span. */
export function writtenIds(
  context: QueryContext,
  { spans, ordinals }: TraceSpans,
  checkpoint: () => void,
): readonly string[] {
  const facts = new SpanFactsReader(context, ordinals);
  facts.read(new Uint8Array(ordinals.length).fill(1), checkpoint);
  return Array.from(spans.spanId, (id, span) => facts.of(span)?.id || (textOf(spans.ids, id) ?? ""));
}
