/** All spans as one table of columns in the order of start, each with its parent's row and its own time. */
import { Level } from "../../../shared/model/level.ts";
import { kindCode } from "../../../shared/model/record.ts";
import { textAt, type DictionaryColumn } from "../../../shared/model/segment.ts";
import type { SpanSignals } from "../suspects/signals.ts";
import { selfTimes } from "../traces/self-time.ts";
import type { ServiceNames } from "./service-names.ts";
import { placeOf, type SignalSegment, type SignalSegments } from "./signal-segments.ts";

const SPAN = kindCode("span");
const NONE = 0xffffffff;
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
  readonly segment: SignalSegment;
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

  add(segment: SignalSegment, names: ServiceNames): void {
    const { count, kind, time, duration, level, service, name, spanId, parentId, traceId } = segment.columns;
    const services = (service?.dictionary ?? []).map((text) => this.services.of(names.of(text)));
    const operations = ["", ...(name?.dictionary ?? [])].map((text) => this.operations.of(text));
    const first = this.segments.push({ segment, spanId, parentId, traceId }) - 1;
    for (let row = 0; row < count; row++) {
      const start = time[row] ?? Number.NaN;
      if (kind[row] !== SPAN || Number.isNaN(start)) continue;
      const length = duration?.[row] ?? Number.NaN;
      this.start.push(start);
      this.duration.push(length > 0 ? length : 0);
      this.service.push(services[(service?.index[row] ?? 0) - 1] ?? NONE);
      this.operation.push(operations[name?.index[row] ?? 0] ?? 0);
      this.failed.push((level[row] ?? 0) >= Level.error ? 1 : 0);
      this.where.push(first * ROWS + row);
    }
  }
}

/** A span that is stored twice counts twice; of two with the same id, the first is the parent of their children. */
export function gatherSpans(segments: SignalSegments, names: ServiceNames): SpanSignals {
  const table = new SpanTable();
  const columns = [
    "kind",
    "time",
    "duration",
    "level",
    "service",
    "name",
    "traceId",
    "spanId",
    "parentId",
    "offset",
  ] as const;
  for (const segment of segments.of(["span"], columns)) table.add(segment, names);
  const order = Uint32Array.from({ length: table.start.length }, (_, row) => row).sort(
    (a, b) => (table.start[a] ?? 0) - (table.start[b] ?? 0) || a - b,
  );
  const start = Float64Array.from(order, (row) => table.start[row] ?? 0);
  const duration = Float64Array.from(order, (row) => table.duration[row] ?? 0);
  const where = Float64Array.from(order, (row) => table.where[row] ?? 0);
  const parent = parentsOf(table, where);
  const keptAt = (row: number): KeptSegment | undefined => table.segments[Math.floor((where[row] ?? 0) / ROWS)];
  return {
    count: order.length,
    services: table.services.names,
    operations: table.operations.names,
    start,
    duration,
    self: selfTimes({ start, duration, parent }),
    service: Uint32Array.from(order, (row) => table.service[row] ?? NONE),
    operation: Uint32Array.from(order, (row) => table.operation[row] ?? 0),
    parent,
    failed: Uint8Array.from(order, (row) => table.failed[row] ?? 0),
    place(row) {
      const kept = keptAt(row);
      if (kept === undefined) throw new RangeError(`there is no span ${row} among ${order.length}`);
      const inSegment = (where[row] ?? 0) % ROWS;
      return placeOf(kept.segment, inSegment, kept.segment.columns.offset[inSegment] ?? 0);
    },
    spanId(row) {
      return textAt(keptAt(row)?.spanId ?? null, (where[row] ?? 0) % ROWS);
    },
  };
}

/** Parents are looked for within a trace: ids of spans are unique nowhere else. */
function parentsOf(table: SpanTable, where: Float64Array): Uint32Array {
  const traces = new Numbered();
  const rowsById = new Map<string, number>();
  const parent = new Uint32Array(where.length).fill(NONE);
  const idOf = (row: number, column: "spanId" | "parentId"): string | null => {
    const place = where[row] ?? 0;
    const kept = table.segments[Math.floor(place / ROWS)];
    if (kept === undefined) return null;
    const id = textAt(kept[column], place % ROWS);
    return id === null ? null : `${traces.of(textAt(kept.traceId, place % ROWS) ?? "")} ${id}`;
  };
  for (let row = 0; row < where.length; row++) {
    const id = idOf(row, "spanId");
    if (id !== null && !rowsById.has(id)) rowsById.set(id, row);
  }
  for (let row = 0; row < where.length; row++) {
    const id = idOf(row, "parentId");
    const above = id === null ? undefined : rowsById.get(id);
    if (above !== undefined && above !== row) parent[row] = above;
  }
  return parent;
}
