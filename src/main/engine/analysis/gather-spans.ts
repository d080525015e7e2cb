/** All spans as one table of columns in the order of start, each with its parent's row and its own time. */
import { Level } from "../../../shared/model/level.ts";
import { kindCode } from "../../../shared/model/record.ts";
import { textAt, type DictionaryColumn } from "../../../shared/model/segment.ts";
import { timeOrder } from "../series/time-order.ts";
import type { SpanSignals } from "../suspects/signals.ts";
import { selfTimes } from "../traces/self-time.ts";
import { NO_SPAN, SpanIndex } from "./span-index.ts";
import type { ServiceNames } from "./service-names.ts";
import { placeOf, type StoredSegment, type StoredSegments } from "./stored-segments.ts";

const SPAN = kindCode("span");
/** Rows of a segment fit below this. */
const ROWS = 65_536;

/** Names by number, each once. */
class Numbered {
  readonly names: string[] = [];
  readonly #numbers = new Map<string, number>();

  of(name: string): number {
    const known = this.#numbers.get(name);
    if (known !== undefined) return known;
    this.#numbers.set(name, this.names.length);
    return this.names.push(name) - 1;
  }
}

/** What is kept of a segment for places and ids that are asked for later. */
interface KeptSegment {
  readonly segment: StoredSegment;
  readonly offset: Float64Array;
  readonly spanId: DictionaryColumn | null;
  readonly parentId: DictionaryColumn | null;
  readonly traceId: DictionaryColumn | null;
}

/** Columns in the order in which spans are stored. */
class SpanTable {
  readonly services = new Numbered();
  readonly operations = new Numbered();
  readonly segments: KeptSegment[] = [];
  readonly start: number[] = [];
  readonly duration: number[] = [];
  readonly service: number[] = [];
  readonly operation: number[] = [];
  readonly failed: number[] = [];
  /** Segment and row in one number. */
  readonly where: number[] = [];

  add(segment: StoredSegment, names: ServiceNames): void {
    const { count, kind, time, duration, level, service, name, offset, spanId, parentId, traceId } = segment.columns;
    const services = (service?.dictionary ?? []).map((text) => this.services.of(names.of(text)));
    const operations = ["", ...(name?.dictionary ?? [])].map((text) => this.operations.of(text));
    const first = this.segments.push({ segment, offset, spanId, parentId, traceId }) - 1;
    for (let row = 0; row < count; row++) {
      const start = time[row] ?? Number.NaN;
      if (kind[row] !== SPAN || Number.isNaN(start)) continue;
      const length = duration?.[row] ?? Number.NaN;
      this.start.push(start);
      this.duration.push(length > 0 ? length : 0);
      this.service.push(services[(service?.index[row] ?? 0) - 1] ?? NO_SPAN);
      this.operation.push(operations[name?.index[row] ?? 0] ?? 0);
      this.failed.push((level[row] ?? 0) >= Level.error ? 1 : 0);
      this.where.push(first * ROWS + row);
    }
  }

  segmentOf(row: number): KeptSegment | undefined {
    return this.segments[Math.floor((this.where[row] ?? 0) / ROWS)];
  }

  rowInSegment(row: number): number {
    return (this.where[row] ?? 0) % ROWS;
  }

  textOf(row: number, column: "traceId" | "spanId" | "parentId"): string | null {
    return textAt(this.segmentOf(row)?.[column] ?? null, this.rowInSegment(row));
  }
}

export interface GatheredSpans {
  readonly spans: SpanSignals;
  readonly index: SpanIndex;
}

/**
 * Dumps that were cut by time overlap: what has the ids, the service, the operation and the start of another is the
 * same span. Of two different spans with the same id (a client and its server), the first is the parent.
 */
export function gatherSpans(segments: StoredSegments, names: ServiceNames): GatheredSpans {
  const table = new SpanTable();
  for (const segment of segments.of(["span"])) table.add(segment, names);
  const { order, index } = onceEach(table, segments.checkpoint);
  const start = Float64Array.from(order, (row) => table.start[row] ?? 0);
  const duration = Float64Array.from(order, (row) => table.duration[row] ?? 0);
  const service = Uint32Array.from(order, (row) => table.service[row] ?? NO_SPAN);
  const textOf = (row: number, column: "traceId" | "spanId" | "parentId"): string | null =>
    table.textOf(order[row] ?? 0, column);
  const parent = new Uint32Array(order.length).fill(NO_SPAN);
  for (let row = 0; row < order.length; row++) {
    if (row % ROWS === 0) segments.checkpoint();
    const above = index.byId(textOf(row, "traceId"), textOf(row, "parentId"));
    if (above !== row) parent[row] = above;
  }
  const spans: SpanSignals = {
    count: order.length,
    services: table.services.names,
    operations: table.operations.names,
    start,
    duration,
    self: selfTimes({ start, duration, parent }),
    service,
    operation: Uint32Array.from(order, (row) => table.operation[row] ?? 0),
    parent,
    failed: Uint8Array.from(order, (row) => table.failed[row] ?? 0),
    place(row) {
      const stored = order[row];
      const kept = stored === undefined ? undefined : table.segmentOf(stored);
      if (stored === undefined || kept === undefined) throw new RangeError(`no span ${row} among ${order.length}`);
      const inSegment = table.rowInSegment(stored);
      return placeOf(kept.segment, inSegment, kept.offset[inSegment]);
    },
    spanId: (row) => textOf(row, "spanId"),
  };
  return { spans, index };
}

/** Rows in the order of start, without those that say again what a row before them says, and where each span is. */
function onceEach(
  table: SpanTable,
  checkpoint: () => void,
): { readonly order: Uint32Array; readonly index: SpanIndex } {
  const byStart = timeOrder(Float64Array.from(table.start));
  const order = new Uint32Array(table.start.length);
  let count = 0;
  const index = new SpanIndex({
    start: (row) => table.start[order[row] ?? 0] ?? 0,
    duration: (row) => table.duration[order[row] ?? 0] ?? 0,
    service: (row) => table.services.names[table.service[order[row] ?? 0] ?? NO_SPAN],
  });
  for (let place = 0; place < order.length; place++) {
    if (place % ROWS === 0) checkpoint();
    const row = byStart === null ? place : (byStart[place] ?? 0);
    const traceId = table.textOf(row, "traceId");
    const spanId = table.textOf(row, "spanId");
    const known = order[index.byId(traceId, spanId)];
    const isRepeated =
      known !== undefined &&
      table.start[known] === table.start[row] &&
      table.service[known] === table.service[row] &&
      table.operation[known] === table.operation[row];
    if (isRepeated) continue;
    index.add(count, traceId, spanId);
    order[count++] = row;
  }
  return { order: order.subarray(0, count), index };
}
