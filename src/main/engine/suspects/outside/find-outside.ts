/** All causes from outside that the data speaks of, likeliest first. */
import type { Candidate } from "../changes/candidate.ts";
import { servicesOf } from "../changes/weigh.ts";
import type { Beginning } from "../onset.ts";
import type { CaseSignals } from "../signals.ts";
import { commonGround } from "./common-ground.ts";
import { environmentCauses } from "./environment.ts";
import { foreignHosts } from "./foreign-hosts.ts";
import { oddsOf, type OutsideCause } from "./outside-cause.ts";
import { reportedCauses } from "./reports.ts";
import { trafficCause } from "./traffic.ts";

export function findOutside(
  signals: CaseSignals,
  beginning: Beginning,
  candidates: readonly Candidate[],
): OutsideCause[] {
  const traffic = trafficCause(beginning, signals.metrics);
  return [
    ...(traffic === null ? [] : [traffic]),
    ...reportedCauses(signals.reports, beginning),
    ...foreignHosts(signals, beginning, servicesOf(signals)),
    ...environmentCauses(signals, beginning),
    ...commonGround(beginning, candidates),
  ].sort((a, b) => oddsOf(b) - oddsOf(a));
}
