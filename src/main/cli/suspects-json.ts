/** A verdict as one JSON object: times as ISO 8601, places as path and offset. */
import type { Evidence, Place, TimeRange, Verdict } from "../engine/suspects/signals.ts";
import { isoMicros, isoMicrosOrNull } from "./iso-time.ts";

export type PathOf = ReadonlyMap<number, string>;

export function verdictJson(verdict: Verdict, pathOf: PathOf): Record<string, unknown> {
  const { onset, windows, abstained, abstainedBecause, suspects, services } = verdict;
  return {
    onset: onset === null ? null : isoMicros(onset.time),
    onsetDetail:
      onset === null
        ? null
        : {
            time: isoMicros(onset.time),
            confidence: onset.confidence,
            reason: onset.reason,
            service: onset.service,
            ...placeJson(onset.place, pathOf),
          },
    baseline: windows === null ? null : rangeJson(windows.baseline),
    incident: windows === null ? null : rangeJson(windows.incident),
    abstained,
    abstainedBecause: abstained ? abstainedBecause : null,
    suspects: suspects.map(({ kind, service, object, title, score, confidence, since, evidence, missing }, index) => ({
      rank: index + 1,
      kind,
      service,
      object,
      title,
      score,
      confidence,
      since: isoMicrosOrNull(since),
      evidence: evidence.map((one) => evidenceJson(one, pathOf)),
      missing,
    })),
    services: services.map(({ service, score, since, resource }, index) => ({
      rank: index + 1,
      service,
      score,
      since: isoMicrosOrNull(since),
      resource,
    })),
  };
}

const rangeJson = ({ from, to }: TimeRange): string => `${isoMicros(from)}..${isoMicros(to)}`;

function evidenceJson(evidence: Evidence, pathOf: PathOf): Record<string, unknown> {
  const { text, place, spanId, series, time, weight } = evidence;
  return {
    for: evidence.for,
    text,
    ...placeJson(place, pathOf),
    ...(spanId === undefined ? {} : { spanId }),
    ...(series === undefined ? {} : { series }),
    time: isoMicrosOrNull(time),
    weight,
  };
}

const placeJson = (place: Place | null, pathOf: PathOf): Record<string, unknown> =>
  place === null
    ? { source: null }
    : { source: pathOf.get(place.sourceId) ?? null, offset: place.offset, record: place.record };
