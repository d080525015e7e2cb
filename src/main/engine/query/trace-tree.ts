// One trace as the room of traces takes it: codes for ids and services, times in whole nanoseconds after its first span.
import type { Span } from "../../../shared/model/trace.ts";
import { linkSpans, type SpanLinks } from "../traces/span-links.ts";

export type SpanFace = Pick<Span, "spanId" | "parentId" | "service" | "start" | "nanos" | "duration">;

export interface TraceTree extends SpanLinks {
  /** Nanoseconds after the first span: whole, and exact for a trace of up to 104 days (2^53 ns). */
  readonly start: Float64Array;
  readonly duration: Float64Array;
}

/** `spans` come in the order of their start. */
export function treeOf(spans: readonly SpanFace[]): TraceTree {
  const [first] = spans;
  const start = Float64Array.from(spans, (span) => (span.start - (first?.start ?? 0)) * 1_000 + span.nanos);
  const base = first?.nanos ?? 0;
  for (let span = 0; span < start.length; span += 1) start[span] = (start[span] ?? 0) - base;
  const duration = Float64Array.from(spans, (span) => Math.round(span.duration * 1_000));
  const ids = new Codes();
  const services = new Codes();
  const columns = {
    trace: new Uint32Array(spans.length),
    spanId: Uint32Array.from(spans, ({ spanId }) => ids.of(spanId)),
    parentId: Uint32Array.from(spans, ({ parentId }) => ids.of(parentId)),
    service: Uint32Array.from(spans, ({ service }) => services.of(service)),
    start,
    duration,
  };
  return { ...linkSpans(columns, 1, ids.size), start, duration };
}

/** Numbers for texts, from 1 on; no text, or an empty one, is 0. */
class Codes {
  readonly #codes = new Map<string, number>();

  get size(): number {
    return this.#codes.size + 1;
  }

  of(text: string | null): number {
    if (text === null || text === "") return 0;
    const known = this.#codes.get(text);
    if (known !== undefined) return known;
    this.#codes.set(text, this.size);
    return this.#codes.size;
  }
}
