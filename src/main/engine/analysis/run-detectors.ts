/** Runs every detector over a stored case. Here detectors, formats and the store meet. */
import { asFailure, type Failure } from "../../../shared/failure.ts";
import { kindCode, type DecodedRecord, type RecordKind } from "../../../shared/model/record.ts";
import { textAt, type SegmentColumns } from "../../../shared/model/segment.ts";
import type { Settings } from "../../../shared/settings.ts";
import { detectors } from "../detectors/registry.ts";
import type { Detections, Detector, DetectorInput, DetectorSegment } from "../detectors/detector.ts";
import { formatById } from "../formats/registry.ts";
import type { Format } from "../formats/format.ts";
import { ColumnCache } from "../query/segment-columns.ts";
import type { CaseReader, DetectionSet, SegmentRow } from "../store/protocol.ts";
import { cachedColumns } from "./cached-columns.ts";
import { TemplateTexts } from "./template-texts.ts";

/** Decoded columns that a pass holds at most, whatever the case holds and detectors keep. */
const COLUMN_BYTES = 32 * 2 ** 20;

export interface Pass {
  readonly found: DetectionSet;
  /** Detectors that gave up: what the others found stands. */
  readonly failures: readonly Failure[];
}

/** Reads the case through `reader`; `checkpoint` throws when the pass was abandoned. */
export function runDetectors(
  reader: CaseReader,
  settings: Settings,
  checkpoint: () => void,
  list: readonly Detector[] = detectors,
): Pass {
  const input = detectorInput(reader, settings, checkpoint);
  const failures: Failure[] = [];
  const found = list.map((detector): Detections => {
    try {
      return detector.run(input);
    } catch (thrown) {
      checkpoint();
      failures.push(failureOf(detector, thrown));
      return {};
    }
  });
  return {
    found: {
      events: found.flatMap(({ events }) => events ?? []),
      anomalies: found.flatMap(({ anomalies }) => anomalies ?? []),
      traces: found.flatMap(({ traces }) => traces ?? []),
    },
    failures,
  };
}

function failureOf({ id, title }: Detector, thrown: unknown): Failure {
  const { message } = asFailure(thrown);
  return {
    reason: "detector-failed",
    message: `${title}: the detector ${id} failed (${message}) and found nothing; what the others found is shown.`,
  };
}

function detectorInput(reader: CaseReader, settings: Settings, checkpoint: () => void): DetectorInput {
  const formats = new Map<number, Format | undefined>();
  for (const source of reader.sources()) {
    if (source.format !== null) formats.set(source.id, formatById(source.format));
  }
  const rows = reader.segments();
  const cache = new ColumnCache(reader, COLUMN_BYTES);
  const templates = new TemplateTexts(rows, (id) => cache.get(id, "template"), checkpoint);
  return {
    settings,
    checkpoint,
    *segments(kinds: readonly RecordKind[]) {
      const mask = kinds.reduce((bits, kind) => bits | (1 << kindCode(kind)), 0);
      for (const row of rows) {
        if ((row.kinds & mask) !== 0)
          yield storedSegment(
            reader,
            cachedColumns(cache, templates, row),
            row,
            row.format === null ? formats.get(row.sourceId) : formatById(row.format),
          );
      }
    },
  };
}

function storedSegment(
  reader: CaseReader,
  columns: SegmentColumns,
  row: SegmentRow,
  format: Format | undefined,
): DetectorSegment {
  return {
    segmentId: row.id,
    sourceId: row.sourceId,
    columns,
    decode: (index) => decodeRow(reader, row.sourceId, columns, index, format),
  };
}

/** A record whose format is not known here any more is read as its text. */
function decodeRow(
  reader: CaseReader,
  source: number,
  columns: SegmentColumns,
  row: number,
  format: Format | undefined,
): DecodedRecord {
  const raw = reader.raw(source, columns.offset[row] ?? 0, columns.length[row] ?? 0);
  if (format === undefined) return { message: new TextDecoder().decode(raw), fields: [] };
  return format.decode(raw, textAt(columns.context, row));
}
