/** An alert that fired is an event over the time it was firing. */
import type { NewEvent } from "../../../shared/model/event.ts";
import { kindCode } from "../../../shared/model/record.ts";
import { textAt } from "../../../shared/model/segment.ts";
import type { Severity } from "../../../shared/model/severity.ts";
import type { Detector, DetectorInput } from "./detector.ts";
import { eventOfRecord, titleOf } from "./support/record-event.ts";

const id = "alerts";
const ALERT = kindCode("alert");
/** By level; an alert that does not say how bad it is was still worth a page. */
const SEVERITY: readonly Severity[] = ["HIGH", "LOW", "LOW", "LOW", "MEDIUM", "HIGH", "CRITICAL"];

function run(input: DetectorInput): { events: NewEvent[] } {
  const events: NewEvent[] = [];
  for (const segment of input.segments(["alert"])) {
    input.checkpoint();
    const { columns } = segment;
    for (let row = 0; row < columns.count; row++) {
      if (columns.kind[row] !== ALERT || Number.isNaN(columns.time[row])) continue;
      const { message } = segment.decode(row);
      const monitor = textAt(columns.name, row);
      events.push(
        eventOfRecord(segment, row, {
          detector: id,
          kind: "alert",
          source: "METRICS",
          severity: SEVERITY[columns.level[row] ?? 0] ?? "HIGH",
          title: titleOf(message),
          description: message,
          metadata: monitor === null ? {} : { monitor },
          tags: ["alert"],
        }),
      );
    }
  }
  return { events };
}

const detector: Detector = { id, title: "Alerts", run };
export default detector;
