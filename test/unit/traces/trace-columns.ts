/** Short ways to write the spans of a trace as the room of traces takes them. */
import { childrenOf } from "../../../src/main/engine/traces/children.ts";
import { selfTimes } from "../../../src/main/engine/traces/self-time.ts";
import { NONE, type SpanColumns } from "../../../src/main/engine/traces/span-columns.ts";
import { linkSpans, type SpanLinks } from "../../../src/main/engine/traces/span-links.ts";

export interface WrittenSpan {
  readonly id: string;
  readonly parent?: string;
  readonly at: number;
  readonly for: number;
  readonly service?: string;
  readonly trace?: string;
  /** Its parent does not wait for it. */
  readonly detached?: boolean;
  /** Its operation; its id without one. */
  readonly name?: string;
  readonly failed?: boolean;
}

export interface WrittenTrace extends SpanLinks {
  readonly ids: readonly string[];
  readonly start: Float64Array;
  readonly duration: Float64Array;
  readonly detached: Uint8Array;
}

/** Codes from 1 on in the order in which texts are first met; no text is 0. */
function coder(): { of(text: string | undefined): number; readonly size: number } {
  const codes = new Map<string, number>();
  return {
    of(text) {
      if (text === undefined) return 0;
      if (!codes.has(text)) codes.set(text, codes.size + 1);
      return codes.get(text) ?? 0;
    },
    get size() {
      return codes.size + 1;
    },
  };
}

export function written(spans: readonly WrittenSpan[]): WrittenTrace {
  const ids = coder();
  const services = coder();
  const traces = coder();
  const column = (of: (span: WrittenSpan) => number): Uint32Array => Uint32Array.from(spans, of);
  const columns = {
    trace: column(({ trace = "t" }) => traces.of(trace) - 1),
    spanId: column(({ id }) => ids.of(id)),
    parentId: column(({ parent }) => ids.of(parent)),
    service: column(({ service = "shop" }) => services.of(service)),
    start: Float64Array.from(spans, ({ at }) => at),
    duration: Float64Array.from(spans, (span) => span.for),
  };
  return {
    ...linkSpans(columns, traces.size - 1, ids.size),
    ids: spans.map(({ id }) => id),
    start: columns.start,
    duration: columns.duration,
    detached: Uint8Array.from(spans, ({ detached }) => (detached === true ? 1 : 0)),
  };
}

/** The same as the questions over many traces take them. A service of "" is none. */
export function columnsOf(spans: readonly WrittenSpan[]): SpanColumns {
  const { start, duration, detached: _, ids: __, ...links } = written(spans);
  const of = spans.map(({ service = "shop", name, id }) => ({
    service: service === "" ? null : service,
    name: name ?? id,
  }));
  const services = [...new Set(of.map(({ service }) => service))];
  const keys = [...new Set(of.map((operation) => JSON.stringify(operation)))];
  const traces = [...new Set(spans.map(({ trace = "t" }) => trace))];
  return {
    ...links,
    count: spans.length,
    traces,
    services,
    operations: keys.map((key) => JSON.parse(key) as SpanColumns["operations"][number]),
    trace: Uint32Array.from(spans, ({ trace = "t" }) => traces.indexOf(trace)),
    service: Uint32Array.from(of, ({ service }) => services.indexOf(service)),
    operation: Uint32Array.from(of, (operation, span) =>
      links.copies.includes(span) ? NONE : keys.indexOf(JSON.stringify(operation)),
    ),
    start,
    duration,
    self: selfTimes({ start, duration, parent: links.parent }),
    failed: Uint8Array.from(spans, ({ failed }) => (failed === true ? 1 : 0)),
    children: childrenOf(links.parent, start),
  };
}
