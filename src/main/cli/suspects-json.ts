/** A verdict as one JSON object: times as ISO 8601, places as path and offset, and as record where a case was asked. */
import type { Evidence, Place, TimeRange, Verdict } from "../engine/suspects/signals.ts";
import { isoMicros, isoMicrosOrNull } from "./iso-time.ts";

export interface Sources {
  readonly pathOf: ReadonlyMap<number, string>;
  /** Names of records lead somewhere in a case that is kept; in one that goes again they tell what was read first. */
  readonly isKept: boolean;
}

export function verdictJson(verdict: Verdict, sources: Sources): Record<string, unknown> {
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
            ...placeJson(onset.place, sources),
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
      evidence: evidence.map((one) => evidenceJson(one, sources)),
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

function evidenceJson(evidence: Evidence, sources: Sources): Record<string, unknown> {
  const { text, place, spanId, series, time, weight } = evidence;
  return {
    for: evidence.for,
    text,
    ...placeJson(place, sources),
    ...(spanId === undefined ? {} : { spanId }),
    ...(series === undefined ? {} : { series }),
    time: isoMicrosOrNull(time),
    weight,
  };
}

function placeJson(place: Place | null, { pathOf, isKept }: Sources): Record<string, unknown> {
  if (place === null) return { source: null };
  const { sourceId, offset, record } = place;
  return { source: pathOf.get(sourceId) ?? null, offset, ...(isKept && { record }) };
}
