/** The calls about suspects: the analysis thread finds them in the case as it is stored. */
import { micros } from "../../shared/units.ts";
import type { EngineCalls, EngineParts } from "./engine-calls.ts";
import type { TimeRange } from "./suspects/signals.ts";

export function suspectCalls(engine: Pick<EngineParts, "session">): Pick<EngineCalls, "suspects.find"> {
  return {
    "suspects.find": async ({ baseline, incident }) => {
      const { revision, verdict } = await engine.session.findSuspects({
        baseline: rangeOf(baseline),
        incident: rangeOf(incident),
      });
      return { ...verdict, revision };
    },
  };
}

const rangeOf = (range: { readonly from: number; readonly to: number } | null): TimeRange | null =>
  range === null ? null : { from: micros(range.from), to: micros(range.to) };
