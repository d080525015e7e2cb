/** Segments for the tests of detectors: rows as people write them, columns as detectors read them. */
import type { DetectorInput, DetectorSegment } from "../../../src/main/engine/detectors/detector.ts";
import { kindCode, type Fields, type RecordKind } from "../../../src/shared/model/record.ts";
import type { DictionaryColumn, SegmentColumns } from "../../../src/shared/model/segment.ts";
import { DEFAULT_SETTINGS, type Settings } from "../../../src/shared/settings.ts";

export interface Row {
  readonly kind: RecordKind;
  /** Seconds since the epoch; absent: none. */
  readonly at?: number;
  /** Milliseconds. */
  readonly lasts?: number;
  readonly level?: number;
  readonly service?: string;
  readonly name?: string;
  readonly value?: number;
  readonly template?: string;
  readonly traceId?: string;
  readonly spanId?: string;
  readonly parentId?: string;
  readonly requestId?: string;
  readonly message?: string;
  readonly fields?: Fields;
}

function dictionary(values: readonly (string | undefined)[]): DictionaryColumn {
  const words = [...new Set(values.filter((value) => value !== undefined))];
  return {
    dictionary: words,
    index: Uint32Array.from(values, (value) => (value === undefined ? 0 : words.indexOf(value) + 1)),
  };
}

export function columnsOf(rows: readonly Row[]): SegmentColumns {
  const count = rows.length;
  return {
    count,
    time: Float64Array.from(rows, (row) => (row.at === undefined ? Number.NaN : row.at * 1_000_000)),
    nanos: null,
    digits: new Uint8Array(count),
    duration: Float64Array.from(rows, (row) => (row.lasts === undefined ? Number.NaN : row.lasts * 1_000)),
    kind: Uint8Array.from(rows, (row) => kindCode(row.kind)),
    level: Uint8Array.from(rows, (row) => row.level ?? 0),
    value: Float64Array.from(rows, (row) => row.value ?? Number.NaN),
    offset: Float64Array.from(rows, (_, index) => index * 100),
    length: new Uint32Array(count).fill(99),
    line: Uint32Array.from(rows, (_, index) => index + 1),
    service: dictionary(rows.map((row) => row.service)),
    name: dictionary(rows.map((row) => row.name)),
    template: dictionary(rows.map((row) => row.template)),
    traceId: dictionary(rows.map((row) => row.traceId)),
    spanId: dictionary(rows.map((row) => row.spanId)),
    parentId: dictionary(rows.map((row) => row.parentId)),
    requestId: dictionary(rows.map((row) => row.requestId)),
    correlationId: dictionary([]),
    context: dictionary([]),
  };
}

/** One segment a list of rows, of source 1, 2 … */
export function inputOf(segments: readonly (readonly Row[])[], settings: Settings = DEFAULT_SETTINGS): DetectorInput {
  const stored: DetectorSegment[] = segments.map((rows, index) => ({
    segmentId: index + 1,
    sourceId: index + 1,
    columns: columnsOf(rows),
    decode: (row) => ({ message: rows[row]?.message ?? "", fields: rows[row]?.fields ?? [] }),
  }));
  return { settings, checkpoint: () => {}, segments: () => stored };
}
