/** Short ways to write the spans of a trace as the room of traces takes them. */
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
