/** All that is odd about one trace, what cost the most time first. */
import { clockSkew } from "./clock-skew.ts";
import { failedSpans } from "./failed.ts";
import type { Finding, TraceView } from "./finding.ts";
import { gaps } from "./gaps.ts";
import { repeatedCalls } from "./repeats.ts";
import { slowSpans } from "./slow.ts";

/** A trace of fifty thousand failed spans is told by its first ones. */
const MOST_OF_A_KIND = 50;
/** Failures first; then what cost the most. */
const failuresFirst = ({ kind }: Finding): number => (kind === "failed" ? 0 : 1);

export function traceFindings(view: TraceView): Finding[] {
  return [failedSpans, slowSpans, repeatedCalls, gaps, clockSkew]
    .flatMap((find) =>
      find(view)
        .toSorted((a, b) => b.micros - a.micros)
        .slice(0, MOST_OF_A_KIND),
    )
    .sort((a, b) => failuresFirst(a) - failuresFirst(b) || b.micros - a.micros);
}
