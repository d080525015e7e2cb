/** What was done to the system, and who said that it hurts, each with its place. */
import type { DecodedRecord, RecordKind } from "../../../shared/model/record.ts";
import { kindCode, kindName } from "../../../shared/model/record.ts";
import { textAt } from "../../../shared/model/segment.ts";
import { micros } from "../../../shared/units.ts";
import type { AlertSignal, CaseSignals, ChangeKind, ChangeSignal, StatusReport } from "../suspects/signals.ts";
import type { RecordTexts } from "./record-texts.ts";
import type { ServiceNames } from "./service-names.ts";
import { placeOf, type StoredSegments } from "./stored-segments.ts";

const CHANGES: Partial<Readonly<Record<RecordKind, ChangeKind>>> = {
  commit: "commit",
  deploy: "deploy",
  flag: "flag",
  "ci-run": "ci-run",
};
/** Histories of repositories are long: older changes than these are left aside. */
const MOST_CHANGES = 5_000;

export function gatherChanges(
  segments: StoredSegments,
  names: ServiceNames,
  texts: RecordTexts,
): Pick<CaseSignals, "changes" | "alerts" | "reports"> {
  return {
    changes: changesOf(segments, names, texts),
    alerts: alertsOf(segments, names, texts),
    reports: reportsOf(segments, texts),
  };
}

function changesOf(segments: StoredSegments, names: ServiceNames, texts: RecordTexts): ChangeSignal[] {
  const found: { at: number; read(): ChangeSignal }[] = [];
  for (const segment of segments.of(Object.keys(CHANGES) as RecordKind[])) {
    const { count, kind, time, service, name } = segment.columns;
    for (let row = 0; row < count; row++) {
      const of = CHANGES[kindName(kind[row] ?? 0)];
      const at = time[row] ?? Number.NaN;
      if (of === undefined || Number.isNaN(at)) continue;
      const owner = textAt(service, row);
      found.push({
        at,
        read() {
          const { message, fields } = texts.of(segment, row);
          const object = textAt(name, row) ?? message;
          const place = placeOf(segment, row);
          return {
            kind: of,
            time: micros(at),
            service: owner === null ? null : names.of(owner),
            object,
            message,
            fields,
            place,
          };
        },
      });
    }
  }
  found.sort((a, b) => a.at - b.at);
  return found.slice(-MOST_CHANGES).map((one) => one.read());
}

function alertsOf(segments: StoredSegments, names: ServiceNames, texts: RecordTexts): AlertSignal[] {
  const alerts: AlertSignal[] = [];
  const code = kindCode("alert");
  for (const segment of segments.of(["alert"])) {
    const { count, kind, time, service } = segment.columns;
    for (let row = 0; row < count; row++) {
      const at = time[row] ?? Number.NaN;
      if (kind[row] !== code || Number.isNaN(at)) continue;
      const owner = textAt(service, row);
      const { message, fields } = texts.of(segment, row);
      const place = placeOf(segment, row);
      alerts.push({ time: micros(at), service: owner === null ? null : names.of(owner), message, fields, place });
    }
  }
  return alerts.sort((a, b) => a.time - b.time);
}

/** Words of status pages. */
const STATUS =
  /^(?:operational|ok|healthy|up|resolved|recovered|degraded\w*|(?:partial|major|minor)(?:[ _-]outage)?|outage|down|unavailable|investigating|identified|monitoring|maintenance|critical|disrupted|disruption|incident|impaired)\b/iu;
const COMPONENT = /(?:^|\.)(?:component|components|service|provider|region|system|product)(?:\.name)?$/iu;
const SAID = /(?:^|\.)(?:detail|details|message|description|body|title|name|summary|text)$/iu;
/** A status feed is short: a file of a million records of unknown shape is none. */
const MOST_REPORTS_READ = 5_000;

/** Records of unknown shape with a time and the status of something. */
function reportsOf(segments: StoredSegments, texts: RecordTexts): StatusReport[] {
  const reports: StatusReport[] = [];
  const code = kindCode("json");
  let read = 0;
  for (const segment of segments.of(["json"])) {
    const { count, kind, time } = segment.columns;
    for (let row = 0; row < count && read < MOST_REPORTS_READ; row++) {
      const at = time[row] ?? Number.NaN;
      if (kind[row] !== code || Number.isNaN(at)) continue;
      read++;
      const report = reportOf(texts.of(segment, row));
      if (report !== null) reports.push({ ...report, time: micros(at), place: placeOf(segment, row) });
    }
  }
  return reports.sort((a, b) => a.time - b.time);
}

function reportOf({ message, fields }: DecodedRecord): Pick<StatusReport, "component" | "status" | "message"> | null {
  const textOf = (test: (key: string, value: string) => boolean): string | null => {
    for (const [key, value] of fields) if (typeof value === "string" && test(key, value)) return value;
    return null;
  };
  const status = textOf((key, value) => /(?:^|\.)(?:status|state|impact|indicator)$/iu.test(key) && STATUS.test(value));
  if (status === null) return null;
  return {
    status,
    component: textOf((key) => COMPONENT.test(key)),
    message: textOf((key, value) => SAID.test(key) && value !== status) ?? message,
  };
}
