// Every span of the case in flat arrays, gathered once and kept until records come or go: what the questions over many
// traces are answered from.
import { kindCode } from "../../../shared/model/record.ts";
import { Level } from "../../../shared/model/level.ts";
import { childrenOf } from "../traces/children.ts";
import { selfTimes } from "../traces/self-time.ts";
import { NONE, type Operation, type SpanColumns } from "../traces/span-columns.ts";
import { linkSpans } from "../traces/span-links.ts";
import { IdCodes } from "./id-codes.ts";
import type { QueryContext } from "./query-context.ts";
import type { RecordIndex } from "./record-index.ts";

const SPAN = kindCode("span");
const NANOS_PER_MICRO = 1_000;

export interface SpanTable extends SpanColumns {
  /** Of each span's record. */
  readonly ordinal: Uint32Array;
}

/** One a case, for an index belongs to one. */
const kept = new WeakMap<RecordIndex, { readonly version: number; readonly table: SpanTable }>();

/** Spans without a time or a trace take no part. */
export function spanTable(context: QueryContext, checkpoint: () => void): SpanTable {
  const { index } = context;
  const known = kept.get(index);
  if (known !== undefined && known.version === index.version) return known.table;
  const table = gather(context, checkpoint);
  kept.set(index, { version: index.version, table });
  return table;
}

function gather({ index, columns }: QueryContext, checkpoint: () => void): SpanTable {
  const segments = index.segments.filter(({ kinds }) => (kinds & (1 << SPAN)) !== 0);
  const most = segments.reduce((sum, { count }) => sum + count, 0);
  const ordinal = new Uint32Array(most);
  const trace = new Uint32Array(most);
  const spanId = new Uint32Array(most);
  const parentId = new Uint32Array(most);
  const service = new Uint32Array(most);
  const operation = new Uint32Array(most);
  const start = new Float64Array(most);
  const duration = new Float64Array(most);
  const failed = new Uint8Array(most);
  const traces = new Codes();
  const ids = new IdCodes(most);
  const operations = new Operations();
  let count = 0;
  for (const segment of segments) {
    checkpoint();
    const of = {
      trace: columns.get(segment.id, "traceId"),
      span: columns.get(segment.id, "spanId"),
      parent: columns.get(segment.id, "parentId"),
      name: columns.get(segment.id, "name"),
      duration: columns.get(segment.id, "duration"),
      nanos: columns.get(segment.id, "nanos"),
    };
    if (of.trace === null) continue;
    const traceCodes = traces.of(of.trace.dictionary);
    const spanCodes = ids.of(of.span?.dictionary ?? []);
    const parentCodes = ids.of(of.parent?.dictionary ?? []);
    const nameCodes = operations.names.of(of.name?.dictionary ?? []);
    for (let row = 0; row < segment.count; row += 1) {
      const record = segment.first + row;
      const inTrace = of.trace.index[row] ?? 0;
      const time = index.time.at(record);
      if (index.kind.at(record) !== SPAN || inTrace === 0 || time === Infinity) continue;
      const took = of.duration?.[row] ?? 0;
      ordinal[count] = record;
      trace[count] = (traceCodes[inTrace] ?? 1) - 1;
      spanId[count] = spanCodes[of.span?.index[row] ?? 0] ?? 0;
      parentId[count] = parentCodes[of.parent?.index[row] ?? 0] ?? 0;
      service[count] = index.service.at(record);
      operation[count] = operations.of(index.service.at(record), nameCodes[of.name?.index[row] ?? 0] ?? 0);
      start[count] = time + (of.nanos?.[row] ?? 0) / NANOS_PER_MICRO;
      duration[count] = took > 0 ? took : 0;
      failed[count] = index.level.at(record) >= Level.error ? 1 : 0;
      count += 1;
    }
  }
  checkpoint();
  const cut = {
    trace: trace.subarray(0, count),
    spanId: spanId.subarray(0, count),
    parentId: parentId.subarray(0, count),
    service: service.subarray(0, count),
    start: start.subarray(0, count),
    duration: duration.subarray(0, count),
  };
  const links = linkSpans(cut, traces.texts.length, ids.size);
  checkpoint();
  for (const copy of links.copies) operation[copy] = NONE;
  const children = childrenOf(links.parent, cut.start);
  const self = selfTimes({ start: cut.start, duration: cut.duration, parent: links.parent }, children);
  return {
    ...links,
    count,
    traces: traces.texts,
    services: [...index.services],
    operations: operations.list(index.services),
    trace: cut.trace,
    service: cut.service,
    operation: operation.subarray(0, count),
    start: cut.start,
    duration: cut.duration,
    self,
    failed: failed.subarray(0, count),
    children,
    ordinal: ordinal.subarray(0, count),
  };
}

/** Codes from 1 on that mean the same in every segment. */
class Codes {
  readonly texts: string[] = [];
  readonly #codes = new Map<string, number>();

  /** By the codes of a segment, of which 0 is none. */
  of(dictionary: readonly string[]): Uint32Array {
    const codes = new Uint32Array(dictionary.length + 1);
    for (const [at, text] of dictionary.entries()) codes[at + 1] = this.#codeOf(text);
    return codes;
  }

  #codeOf(text: string): number {
    const known = this.#codes.get(text);
    if (known !== undefined) return known;
    const code = this.texts.push(text);
    this.#codes.set(text, code);
    return code;
  }
}

/** A service's operations by name; codes from 0 on. */
class Operations {
  readonly names = new Codes();
  readonly #codes = new Map<number, number>();
  readonly #pairs: (readonly [service: number, name: number])[] = [];

  of(service: number, name: number): number {
    // Both are far below 2^26, and their pair below what a double holds.
    const key = service * 2 ** 26 + name;
    const known = this.#codes.get(key);
    if (known !== undefined) return known;
    this.#codes.set(key, this.#pairs.length);
    return this.#pairs.push([service, name]) - 1;
  }

  list(services: readonly (string | null)[]): Operation[] {
    return this.#pairs.map(([service, name]) => ({
      service: services[service] ?? null,
      name: this.names.texts[name - 1] ?? "",
    }));
  }
}
