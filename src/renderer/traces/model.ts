/**
 * The tree of a trace as the window draws it. Everything is a flat array by span index and every walk is a loop, for a
 * chain may be 50,000 deep.
 */
import type { Span } from "../../shared/model/trace.ts";
import { refOfSpan, spanAt, spanCount, textsOf, type TraceColumns } from "../../shared/model/trace-columns.ts";

export interface TraceModel {
  /** As the engine wrote them; {@link spanOf} and its like read them where one is shown. */
  readonly spans: TraceColumns;
  readonly count: number;
  /** Earliest start, in microseconds since the epoch; all other times are relative to it. */
  readonly epoch: number;
  /** From the earliest start to the latest end. */
  readonly duration: number;
  /** Microseconds after `epoch`, with nanoseconds as a fraction. */
  readonly start: Float64Array;
  /** Never negative; damaged ones are 0. */
  readonly length: Float64Array;
  /** Index of the parent, -1 at the root. */
  readonly parent: Int32Array;
  readonly depth: Uint32Array;
  /** Span indexes in the order of the tree, siblings by start. */
  readonly order: Uint32Array;
  /** Place of each span in `order`. */
  readonly position: Uint32Array;
  /** Spans below each one, itself included; they follow it in `order`. */
  readonly size: Uint32Array;
  /** Time in which no child ran. */
  readonly self: Float64Array;
  /** Services by name, and each span's index into them; "" stands for none. */
  readonly services: readonly string[];
  readonly service: Uint16Array;
  /** 1 for those that failed. */
  readonly failed: Uint8Array;
  readonly failures: number;
}

const NANOS_PER_MICRO = 1_000;
const shownLength = (value: number): number => (Number.isFinite(value) && value > 0 ? value : 0);

export function traceModel(spans: TraceColumns): TraceModel {
  const count = spanCount(spans);
  const { failed } = spans;
  const epoch = earliest(spans.start);
  const start = spans.start.map((at, span) =>
    Number.isFinite(at) ? at - epoch + (spans.nanos[span] ?? 0) / NANOS_PER_MICRO : 0,
  );
  const length = spans.duration.map(shownLength);
  const self = spans.self.map(shownLength);
  let duration = 0;
  let failures = 0;
  for (let span = 0; span < count; span += 1) {
    duration = Math.max(duration, (start[span] ?? 0) + (length[span] ?? 0));
    failures += failed[span] ?? 0;
  }
  // What is no span is the root: as a signed number, none is -1.
  const parent = Int32Array.from(spans.parent, (above) => (above < count ? above : -1));
  const tree = inOrder(parent, start, length);
  return {
    spans,
    count,
    epoch,
    duration,
    start,
    length,
    parent,
    ...tree,
    self,
    ...servicesOf(spans),
    failed,
    failures,
  };
}

function earliest(starts: Float64Array): number {
  let least = Infinity;
  for (const start of starts) if (Number.isFinite(start) && start < least) least = start;
  return least === Infinity ? 0 : least;
}

/** Undefined for what is no span. */
export const spanOf = ({ spans }: TraceModel, index: number): Span | undefined => spanAt(spans, index);

/** Index of the span whose record is meant; null for none. */
export function indexOfRef({ spans, count }: TraceModel, ref: string): number | null {
  for (let span = 0; span < count; span += 1) if (refOfSpan(spans, span) === ref) return span;
  return null;
}

function inOrder(
  parent: Int32Array,
  start: Float64Array,
  length: Float64Array,
): Pick<TraceModel, "depth" | "order" | "position" | "size"> {
  const count = parent.length;
  const byStart = Uint32Array.from({ length: count }, (_, index) => index).sort(
    (a, b) => (start[a] ?? 0) - (start[b] ?? 0) || (length[b] ?? 0) - (length[a] ?? 0) || a - b,
  );
  // Children as linked lists, made from the last to the first so that each list is sorted.
  const firstChild = new Int32Array(count).fill(-1);
  const nextSibling = new Int32Array(count).fill(-1);
  let firstRoot = -1;
  for (let rank = count - 1; rank >= 0; rank -= 1) {
    const index = byStart[rank] ?? 0;
    const above = parent[index] ?? -1;
    nextSibling[index] = above < 0 ? firstRoot : (firstChild[above] ?? -1);
    if (above < 0) firstRoot = index;
    else firstChild[above] = index;
  }
  const depth = new Uint32Array(count);
  const order = new Uint32Array(count);
  const position = new Uint32Array(count);
  const stack: number[] = firstRoot < 0 ? [] : [firstRoot];
  for (let placed = 0; stack.length > 0; placed += 1) {
    const index = stack.pop() ?? 0;
    order[placed] = index;
    position[index] = placed;
    const above = parent[index] ?? -1;
    depth[index] = above < 0 ? 0 : (depth[above] ?? 0) + 1;
    const sibling = nextSibling[index] ?? -1;
    if (sibling >= 0) stack.push(sibling);
    const child = firstChild[index] ?? -1;
    if (child >= 0) stack.push(child);
  }
  const size = new Uint32Array(count).fill(1);
  for (let at = count - 1; at >= 0; at -= 1) {
    const index = order[at] ?? 0;
    const above = parent[index] ?? -1;
    if (above >= 0) size[above] = (size[above] ?? 0) + (size[index] ?? 0);
  }
  return { depth, order, position, size };
}

function servicesOf({ services: table, service }: TraceColumns): Pick<TraceModel, "services" | "service"> {
  const written = textsOf(table);
  const used = new Set<number>(service);
  const services = [...new Set(Array.from(used, (code) => written[code] ?? ""))].sort();
  const places = new Map(services.map((name, place) => [name, place]));
  const placeOf = written.map((name) => places.get(name) ?? 0);
  return { services, service: Uint16Array.from(service, (code) => placeOf[code] ?? 0) };
}

export const hasChildren = (model: TraceModel, index: number): boolean => (model.size[index] ?? 1) > 1;

/** Span indexes that are on screen when some are collapsed, in the order of the tree. */
export function visibleSpans({ order, size }: TraceModel, collapsed: ReadonlySet<number>): Uint32Array {
  if (collapsed.size === 0) return order;
  const shown = new Uint32Array(order.length);
  let count = 0;
  for (let at = 0; at < order.length;) {
    const index = order[at] ?? 0;
    shown[count] = index;
    count += 1;
    at += collapsed.has(index) ? (size[index] ?? 1) : 1;
  }
  return shown.subarray(0, count);
}

/** From the parent of a span up to its root. */
export function ancestors({ parent }: TraceModel, index: number): readonly number[] {
  const found: number[] = [];
  for (let at = parent[index] ?? -1; at >= 0; at = parent[at] ?? -1) found.push(at);
  return found;
}
