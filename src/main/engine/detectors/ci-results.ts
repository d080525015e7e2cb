/** Every CI run is an event; of tests only those that failed are. */
import type { NewEvent } from "../../../shared/model/event.ts";
import { Level } from "../../../shared/model/level.ts";
import { kindCode } from "../../../shared/model/record.ts";
import type { Severity } from "../../../shared/model/severity.ts";
import type { Detector, DetectorInput } from "./detector.ts";
import { eventOfRecord, titleOf } from "./support/record-event.ts";

const id = "ci-results";
const CI_RUN = kindCode("ci-run");
const TEST = kindCode("test");

const severityOfRun = (level: number): Severity =>
  level >= Level.error ? "HIGH" : level === Level.warn ? "MEDIUM" : "INFO";

function run(input: DetectorInput): { events: NewEvent[] } {
  const events: NewEvent[] = [];
  for (const segment of input.segments(["ci-run", "test"])) {
    input.checkpoint();
    const { columns } = segment;
    for (let row = 0; row < columns.count; row++) {
      const kind = columns.kind[row];
      const level = columns.level[row] ?? 0;
      const failedTest = kind === TEST && level >= Level.error;
      if ((kind !== CI_RUN && !failedTest) || Number.isNaN(columns.time[row])) continue;
      const { message } = segment.decode(row);
      events.push(
        eventOfRecord(segment, row, {
          detector: id,
          kind: failedTest ? "test-failure" : "ci-run",
          source: "CI",
          severity: failedTest ? "MEDIUM" : severityOfRun(level),
          title: titleOf(message),
          description: message,
          tags: level >= Level.error ? ["failed"] : [],
        }),
      );
    }
  }
  return { events };
}

const detector: Detector = { id, title: "CI runs and failed tests", run };
export default detector;
