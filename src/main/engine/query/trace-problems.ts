// What is odd about the spans of one trace, in sentences: a waterfall is drawn all the same, but a person must know.
import { codesOf, NO_PARENT, spanCount, textOf, type TraceColumns } from "../../../shared/model/trace-columns.ts";
import { Place } from "../traces/span-links.ts";

/** Clocks of two machines differ by this much without anything being wrong. */
const CLOCK_TOLERANCE_MICROS = 1_000;

/** What was left out of a trace before it was drawn. */
export interface LeftOut {
  readonly withoutTime?: number;
  readonly copies?: number;
}

export function traceProblems(spans: TraceColumns, { withoutTime = 0, copies = 0 }: LeftOut = {}): string[] {
  const named = namedParents(spans);
  const repeated = repeatedIds(spans);
  const orphans: number[] = [];
  const roots: number[] = [];
  const outside: number[] = [];
  for (let span = 0; span < spanCount(spans); span += 1) {
    const parent = named[span] ?? NO_PARENT;
    if (spans.parentId[span] === 0) roots.push(span);
    else if (parent === NO_PARENT) orphans.push(span);
    else if (isOutside(spans, span, parent)) outside.push(span);
  }
  const circular = inCycles(named);
  const idOf = (span: number): string => textOf(spans.ids, spans.spanId[span] ?? 0) ?? "";
  const missing = new Set(orphans.map((span) => spans.parentId[span] ?? 0));

  const problems: string[] = [];
  if (repeated.length > 0)
    problems.push(
      `${say(repeated.length, "span id is", "span ids are")} used by several spans: ${list(repeated, (id) => textOf(spans.ids, id) ?? "")}.`,
    );
  if (orphans.length > 0) {
    problems.push(
      `${say(orphans.length, "span names a parent", "spans name a parent")} that is not in the trace: ${list([...missing], (id) => textOf(spans.ids, id) ?? "")}.`,
    );
  }
  if (circular.length > 0)
    problems.push(
      `${say(circular.length, "span is its own ancestor", "spans are their own ancestors")}: ${list(circular, idOf)}.`,
    );
  if (roots.length > 1)
    problems.push(`The trace has ${roots.length} roots: ${list(roots, idOf)}. Several traces may share its id.`);
  if (roots.length === 0 && spanCount(spans) > 0) problems.push("The trace has no root: every span names a parent.");
  if (outside.length > 0)
    problems.push(
      `${say(outside.length, "span lies", "spans lie")} outside of the time of the parent: ${list(outside, idOf)}.`,
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

/** The first span of the id that each span names as its parent, whatever circles that makes. */
function namedParents({ ids, spanId, parentId }: TraceColumns): Uint32Array {
  const first = new Uint32Array(codesOf(ids)).fill(NO_PARENT);
  for (let span = spanId.length - 1; span >= 0; span -= 1) first[spanId[span] ?? 0] = span;
  return parentId.map((id) => (id === 0 ? NO_PARENT : (first[id] ?? NO_PARENT)));
}

/** Codes of ids. Both sides of one call may share one: then the one says so, and stands below the other. */
function repeatedIds({ ids, spanId, place }: TraceColumns): number[] {
  const uses = new Uint32Array(codesOf(ids));
  const shared = new Uint8Array(codesOf(ids));
  const repeated: number[] = [];
  for (const [span, id] of spanId.entries()) if (place[span] === Place.sharedId) shared[id] = 1;
  for (const id of spanId) {
    uses[id] = (uses[id] ?? 0) + 1;
    if (id !== 0 && uses[id] === 2 && shared[id] === 0) repeated.push(id);
  }
  return repeated;
}

function isOutside({ start, duration }: TraceColumns, span: number, parent: number): boolean {
  if (parent === span) return false;
  const endOf = (of: number): number => (start[of] ?? 0) + (duration[of] ?? 0);
  const before = (start[parent] ?? 0) - (start[span] ?? 0);
  return before > CLOCK_TOLERANCE_MICROS || endOf(span) - endOf(parent) > CLOCK_TOLERANCE_MICROS;
}

/** Each span is walked once: a chain of parents that was seen to end is not walked again. */
function inCycles(parents: Uint32Array): number[] {
  /** 0: not yet walked; otherwise the walk that came by. */
  const walkOf = new Uint32Array(parents.length);
  const circular: number[] = [];
  for (let from = 0; from < parents.length; from += 1) {
    const walk = from + 1;
    let at = from;
    while (at !== NO_PARENT && walkOf[at] === 0) {
      walkOf[at] = walk;
      at = parents[at] ?? NO_PARENT;
    }
    if (at === NO_PARENT || walkOf[at] !== walk) continue;
    const begin = at;
    do {
      circular.push(at);
      at = parents[at] ?? begin;
    } while (at !== begin);
  }
  return circular;
}

const SHOWN = 3;
const say = (count: number, one: string, many: string): string =>
  `${count.toLocaleString("en")} ${count === 1 ? one : many}`;
const list = (codes: readonly number[], textOfCode: (code: number) => string): string => {
  const shown = codes.slice(0, SHOWN).map(textOfCode).join(", ");
  return codes.length > SHOWN ? `${shown} and ${codes.length - SHOWN} more` : shown;
};
