/** What a status page or a person reported while it hurt. */
import { MICROS_PER_MINUTE } from "../../../../shared/units.ts";
import type { Beginning } from "../onset.ts";
import type { StatusReport } from "../signals.ts";
import { spanText } from "../text.ts";
import type { OutsideCause } from "./outside-cause.ts";

const BAD =
  /degrad|outage|partial|major|minor|critical|investigat|identified|down\b|unavailable|disrupt|incident|elevated|impact|fail|error|monitoring/iu;
const EARLY = 30 * MICROS_PER_MINUTE;
/** Reports come late: somebody has to notice. */
const LATE = 60 * MICROS_PER_MINUTE;
/** A report of that very moment. */
const CLOSE = 5 * MICROS_PER_MINUTE;
const AT_THE_MOMENT = 3;
const AROUND = 1.5;

export function reportedCauses(reports: readonly StatusReport[], { onset }: Beginning): OutsideCause[] {
  if (onset === null) return [];
  const byComponent = new Map<string, StatusReport>();
  for (const report of reports.toSorted((a, b) => a.time - b.time)) {
    const distance = report.time - onset.time;
    if (!BAD.test(report.status) || distance < -EARLY || distance > LATE) continue;
    const key = report.component ?? "";
    if (!byComponent.has(key)) byComponent.set(key, report);
  }
  return [...byComponent.values()].map(({ component, status, message, time, place }) => {
    const distance = time - onset.time;
    const when =
      Math.abs(distance) < MICROS_PER_MINUTE
        ? "as it began"
        : `${spanText(distance)} ${distance < 0 ? "before" : "after"} it began`;
    return {
      object: component ?? "a reported outage",
      service: null,
      since: time,
      factors: [
        {
          logOdds: Math.abs(distance) <= CLOSE ? AT_THE_MOMENT : AROUND,
          text: `Reported ${status} ${when}: ${message}`,
          place,
          time,
        },
      ],
    };
  });
}
