// What is odd about the spans of one trace, in sentences: a waterfall is drawn all the same, but a person must know.
import type { Span } from "../../../shared/model/trace.ts";

/** Clocks of two machines differ by this much without anything being wrong. */
const CLOCK_TOLERANCE_MICROS = 1_000;

/** What was left out of a trace before it was drawn. */
export interface LeftOut {
  readonly withoutTime?: number;
  readonly copies?: number;
}

export function traceProblems(spans: readonly Span[], { withoutTime = 0, copies = 0 }: LeftOut = {}): string[] {
  const byId = new Map<string, Span>();
  const repeated = new Set<string>();
  // Both sides of one call may share an id: then the one says so, and stands below the other.
  const shared = new Set(spans.filter(({ place }) => place === "shared-id").map(({ spanId }) => spanId));
  for (const span of spans) {
    if (!byId.has(span.spanId)) byId.set(span.spanId, span);
    else if (!shared.has(span.spanId)) repeated.add(span.spanId);
  }
  const hasParent = (span: Span): boolean => span.parentId !== null;
  const parentOf = (span: Span): Span | undefined => (span.parentId === null ? undefined : byId.get(span.parentId));
  const orphans = spans.filter((span) => hasParent(span) && parentOf(span) === undefined);
  const roots = spans.filter((span) => !hasParent(span));
  const outside = spans.filter((span) => isOutside(span, parentOf(span)));
  const circular = inCycles(spans, parentOf);

  const problems: string[] = [];
  if (repeated.size > 0)
    problems.push(`${say(repeated.size, "span id is", "span ids are")} used by several spans: ${list([...repeated])}.`);
  if (orphans.length > 0) {
    const missing = [...new Set(orphans.map(({ parentId }) => parentId ?? ""))];
    problems.push(
      `${say(orphans.length, "span names a parent", "spans name a parent")} that is not in the trace: ${list(missing)}.`,
    );
  }
  if (circular.length > 0)
    problems.push(
      `${say(circular.length, "span is its own ancestor", "spans are their own ancestors")}: ${list(circular.map(({ spanId }) => spanId))}.`,
    );
  if (roots.length > 1)
    problems.push(
      `The trace has ${roots.length} roots: ${list(roots.map(({ spanId }) => spanId))}. Several traces may share its id.`,
    );
  if (roots.length === 0 && spans.length > 0) problems.push("The trace has no root: every span names a parent.");
  if (outside.length > 0)
    problems.push(
      `${say(outside.length, "span lies", "spans lie")} outside of the time of the parent: ${list(outside.map(({ spanId }) => spanId))}.`,
    );
  if (copies > 0)
    problems.push(
      `${say(copies, "span stands", "spans stand")} in the case more than once, in sources that overlap; each is drawn once.`,
    );
  if (withoutTime > 0)
    problems.push(
      `${say(withoutTime, "span has", "spans have")} no time and cannot be drawn; the list of records has them.`,
    );
  return problems;
}

function isOutside(span: Span, parent: Span | undefined): boolean {
  if (parent === undefined || parent === span) return false;
  const before = parent.start - span.start;
  const after = span.start + span.duration - (parent.start + parent.duration);
  return before > CLOCK_TOLERANCE_MICROS || after > CLOCK_TOLERANCE_MICROS;
}

/** Each span is walked once: a chain of parents that was seen to end is not walked again. */
function inCycles(spans: readonly Span[], parentOf: (span: Span) => Span | undefined): Span[] {
  const ends = new Set<Span>();
  const circular = new Set<Span>();
  for (const span of spans) {
    const path = new Set<Span>();
    let at: Span | undefined = span;
    while (at !== undefined && !ends.has(at) && !path.has(at)) {
      path.add(at);
      at = parentOf(at);
    }
    let isInside = false;
    for (const step of path) {
      if (step === at) isInside = true;
      if (isInside) circular.add(step);
      ends.add(step);
    }
  }
  return [...circular];
}

const SHOWN = 3;
const say = (count: number, one: string, many: string): string =>
  `${count.toLocaleString("en")} ${count === 1 ? one : many}`;
const list = (ids: readonly string[]): string =>
  ids.length > SHOWN ? `${ids.slice(0, SHOWN).join(", ")} and ${ids.length - SHOWN} more` : ids.join(", ");
