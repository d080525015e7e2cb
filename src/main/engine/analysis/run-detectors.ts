/** Runs every detector over a stored case. Here detectors, formats and the store meet. */
import { asFailure, type Failure } from "../../../shared/failure.ts";
import type { Settings } from "../../../shared/settings.ts";
import { detectors } from "../detectors/registry.ts";
import type { Detections, Detector, DetectorInput } from "../detectors/detector.ts";
import type { CaseReader, DetectionSet } from "../store/protocol.ts";
import { RecordTexts } from "./record-texts.ts";
import { StoredSegments } from "./stored-segments.ts";

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
  const stored = new StoredSegments(reader, checkpoint);
  const texts = new RecordTexts(reader);
  return {
    settings,
    checkpoint,
    *segments(kinds) {
      for (const segment of stored.of(kinds)) {
        const { row, columns } = segment;
        yield { segmentId: row.id, sourceId: row.sourceId, columns, decode: (index) => texts.of(segment, index) };
      }
    },
  };
}
