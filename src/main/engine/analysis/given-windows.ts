/** Windows that people named, held against what the case holds: a slip of the pen is told, and no question is made of it. */
import { FailureError } from "../../../shared/failure.ts";
import { kindCode, type RecordKind } from "../../../shared/model/record.ts";
import type { SegmentRow } from "../store/protocol.ts";
import type { GivenWindows } from "../suspects/onset.ts";

type Held = Pick<SegmentRow, "firstTime" | "lastTime" | "kinds">;

const TELEMETRY = (["log", "json", "text", "span", "sample"] satisfies RecordKind[]).reduce(
  (bits, kind) => bits | (1 << kindCode(kind)),
  0,
);

/**
 * The baseline ends where the incident begins at the latest. Fails with "usage" where a window holds nothing, or where
 * nothing is left to tell what was normal.
 */
export function checkedWindows(segments: readonly Held[], { baseline, incident }: GivenWindows): GivenWindows {
  if (incident !== null && !isThere(segments, incident))
    throw usage(
      "No record of the case lies within the incident that was given. Give a range of time that the data covers.",
    );
  if (baseline !== null && !isThere(segments, baseline))
    throw usage(
      "No record of the case lies within the baseline that was given. Give a range of time that the data covers, or leave it out.",
    );
  if (incident === null) return { baseline, incident };
  if (baseline !== null && baseline.from >= incident.from)
    throw usage("The baseline is how it was before the incident: it begins before the incident does.");
  const before = { from: Number.NEGATIVE_INFINITY, to: incident.from };
  const telemetry = segments.filter(({ kinds }) => (kinds & TELEMETRY) !== 0);
  if (telemetry.length > 0 && !isThere(telemetry, before))
    throw usage(
      "The incident that was given covers all that was recorded: nothing before it tells what is normal. Let it begin later, or leave it out to have it found.",
    );
  return {
    incident,
    baseline: baseline !== null && baseline.to > incident.from ? { ...baseline, to: incident.from } : baseline,
  };
}

const isThere = (segments: readonly Held[], { from, to }: { readonly from: number; readonly to: number }): boolean =>
  segments.some(
    ({ firstTime, lastTime }) => firstTime !== null && lastTime !== null && firstTime < to && lastTime >= from,
  );

const usage = (message: string): FailureError => new FailureError("usage", message);
