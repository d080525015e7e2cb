// Spans and their parents with the source of each, of a sample of the traces where a case holds very many: what clocks
// are told from needs a few thousand traces, and all spans of these.
import { kindCode } from "../../../../shared/model/record.ts";
import {
  entryTexts,
  singleTextAt,
  type DictionaryColumn,
  type SegmentColumns,
} from "../../../../shared/model/segment.ts";
import { linkSpans } from "../../traces/span-links.ts";
import { IdCodes } from "../id-codes.ts";
import { isSampled, ownText, ServiceNumbers, type StoredRows } from "./stored-rows.ts";

const SPAN = kindCode("span");
const NANOS_PER_MICRO = 1_000;
const SPAN_COLUMNS = ["time", "nanos", "kind", "service", "duration", "traceId", "spanId", "parentId"] as const;
/** Spans that are looked at, about; each takes a tenth of a kilobyte. */
const MOST_SPANS = 250_000;

/** One element a span. */
export interface PlacedSpans {
  /** By the numbers of `trace`. */
  readonly traces: readonly string[];
  readonly trace: readonly number[];
  readonly source: readonly number[];
  /** Microseconds since the epoch. */
  readonly start: readonly number[];
  readonly duration: readonly number[];
  /** Index of the parent, or larger than any. */
  readonly parent: Uint32Array;
}

/** Microseconds of a row; 0 where it has none. */
export function tookOf(durations: SegmentColumns["duration"], row: number): number {
  const took = durations?.[row] ?? 0;
  return took > 0 ? took : 0;
}

/** Spans without a time or a trace take no part. */
export function placedSpans({ segments, reader }: StoredRows, checkpoint: () => void): PlacedSpans {
  const step = Math.max(1, Math.ceil(segments.reduce((sum, { count }) => sum + count, 0) / MOST_SPANS));
  const services = new ServiceNumbers();
  const numbers = new Map<string, number>();
  const ids = new IdCodes();
  const trace: number[] = [];
  const source: number[] = [];
  const start: number[] = [];
  const duration: number[] = [];
  const spanId: number[] = [];
  const parentId: number[] = [];
  const service: number[] = [];
  for (const { id, sourceId, count } of segments) {
    checkpoint();
    const columns = reader.columns(id, SPAN_COLUMNS);
    const { traceId: traces } = columns;
    if (traces === null) continue;
    const serviceOf = services.of(columns.service);
    const codes = entryTexts(traces).map((text) => (isSampled(text, step) ? numberOf(text) : null));
    const codeAt = (column: DictionaryColumn | null, row: number): number => {
      const text = singleTextAt(column, row);
      return text === null ? 0 : ids.codeOf(ownText(text));
    };
    for (let row = 0; row < count; row += 1) {
      const inTrace = codes[(traces.index[row] ?? 0) - 1] ?? null;
      const time = columns.time[row] ?? Number.NaN;
      if (inTrace === null || columns.kind[row] !== SPAN || Number.isNaN(time)) continue;
      trace.push(inTrace);
      source.push(sourceId);
      start.push(time + (columns.nanos?.[row] ?? 0) / NANOS_PER_MICRO);
      duration.push(tookOf(columns.duration, row));
      spanId.push(codeAt(columns.spanId, row));
      parentId.push(codeAt(columns.parentId, row));
      service.push(serviceOf(row));
    }
  }
  checkpoint();
  const linked = {
    trace: Uint32Array.from(trace),
    spanId: Uint32Array.from(spanId),
    parentId: Uint32Array.from(parentId),
    service: Uint32Array.from(service),
    start: Float64Array.from(start),
    duration: Float64Array.from(duration),
  };
  const { parent } = linkSpans(linked, numbers.size, ids.size);
  return { traces: [...numbers.keys()], trace, source, start, duration, parent };

  function numberOf(text: string): number {
    const known = numbers.get(text);
    if (known !== undefined) return known;
    numbers.set(ownText(text), numbers.size);
    return numbers.size - 1;
  }
}
