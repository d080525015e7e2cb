/** Runs every detector over a stored case. Here detectors, formats and the store meet. */
import { kindCode, type DecodedRecord, type RecordKind } from "../../../shared/model/record.ts";
import { textAt, type SegmentColumns } from "../../../shared/model/segment.ts";
import type { Settings } from "../../../shared/settings.ts";
import { detectors } from "../detectors/registry.ts";
import type { DetectorInput, DetectorSegment } from "../detectors/detector.ts";
import { formatById } from "../formats/registry.ts";
import type { Format } from "../formats/format.ts";
import type { CaseReader, DetectionSet, SegmentRow } from "../store/protocol.ts";

/** Reads the case through `reader`; `checkpoint` throws when the pass was abandoned. */
export function runDetectors(reader: CaseReader, settings: Settings, checkpoint: () => void): DetectionSet {
  const input = detectorInput(reader, settings, checkpoint);
  const found = detectors.map((detector) => detector.run(input));
  return {
    events: found.flatMap(({ events }) => events ?? []),
    anomalies: found.flatMap(({ anomalies }) => anomalies ?? []),
    traces: found.flatMap(({ traces }) => traces ?? []),
  };
}

function detectorInput(reader: CaseReader, settings: Settings, checkpoint: () => void): DetectorInput {
  const formats = new Map<number, Format | undefined>();
  for (const source of reader.sources()) {
    if (source.format !== null) formats.set(source.id, formatById(source.format));
  }
  const rows = reader.segments();
  return {
    settings,
    checkpoint,
    *segments(kinds: readonly RecordKind[]) {
      const mask = kinds.reduce((bits, kind) => bits | (1 << kindCode(kind)), 0);
      for (const row of rows) {
        if ((row.kinds & mask) !== 0) yield storedSegment(reader, row, formats.get(row.sourceId));
      }
    },
  };
}

function storedSegment(reader: CaseReader, row: SegmentRow, format: Format | undefined): DetectorSegment {
  let columns: SegmentColumns | null = null;
  const read = (): SegmentColumns => (columns ??= reader.columns(row.id));
  return {
    segmentId: row.id,
    sourceId: row.sourceId,
    get columns() {
      return read();
    },
    decode: (index) => decodeRow(reader, row.sourceId, read(), index, format),
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
