/**
 * The tree of a trace as the window draws it. Everything is a flat array by span index and every walk is a loop, for a
 * chain may be 50,000 deep.
 */
import type { CallOutput } from "../../shared/contract.ts";

export type TraceSpan = CallOutput<"traces.get">["spans"][number];

export interface TraceModel {
  readonly spans: readonly TraceSpan[];
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
  readonly failures: number;
}

const finite = (value: number): number => (Number.isFinite(value) ? value : 0);

export function traceModel(spans: readonly TraceSpan[]): TraceModel {
  const starts = spans.map((span) => span.start).filter(Number.isFinite);
  const epoch = starts.reduce((least, start) => Math.min(least, start), starts[0] ?? 0);
  const start = Float64Array.from(spans, (span) =>
    Number.isFinite(span.start) ? span.start - epoch + finite(span.nanos) / 1000 : 0,
  );
  const length = Float64Array.from(spans, (span) => Math.max(0, finite(span.duration)));
  let duration = 0;
  let failures = 0;
  for (const [index, span] of spans.entries()) {
    duration = Math.max(duration, (start[index] ?? 0) + (length[index] ?? 0));
    if (span.failed) failures += 1;
  }
  const parent = parentsOf(spans);
  const tree = inOrder(parent, start, length);
  const { services, service } = servicesOf(spans);
  const self = Float64Array.from(spans, (span) => Math.max(0, finite(span.self)));
  return { spans, epoch, duration, start, length, parent, ...tree, self, services, service, failures };
}

/** The engine has said where each span stands; what is no such place is the root. */
function parentsOf(spans: readonly TraceSpan[]): Int32Array {
  return Int32Array.from(spans, ({ parent }) => (parent === null || parent >= spans.length ? -1 : parent));
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

function servicesOf(spans: readonly TraceSpan[]): Pick<TraceModel, "services" | "service"> {
  const services = [...new Set(spans.map((span) => span.service ?? ""))].sort();
  const codes = new Map(services.map((name, code) => [name, code]));
  return { services, service: Uint16Array.from(spans, (span) => codes.get(span.service ?? "") ?? 0) };
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
