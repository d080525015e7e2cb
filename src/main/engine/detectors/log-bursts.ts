/**
 * Errors, warnings and the wording of trouble in logs. The same message of the same service is one event from its
 * first to its last line, with a count, until it falls quiet for the burst gap: ten thousand lines are one thing to know.
 */
import type { NewEvent } from "../../../shared/model/event.ts";
import { Level, LEVELS } from "../../../shared/model/level.ts";
import { kindTable, type RecordKind } from "../../../shared/model/record.ts";
import { textAt } from "../../../shared/model/segment.ts";
import { severityRank, type Severity } from "../../../shared/model/severity.ts";
import { micros, MICROS_PER_SECOND } from "../../../shared/units.ts";
import type { Detector, DetectorInput } from "./detector.ts";
import { type Burst, Bursts } from "./support/bursts.ts";
import { mapBySegment } from "./support/by-segment.ts";
import { fingerprint } from "./support/fingerprint.ts";
import { eventOfRecord, titleOf } from "./support/record-event.ts";
import { tagsOfMessage } from "./support/message-tags.ts";
import { troubleOf } from "./support/trouble.ts";

const id = "log-bursts";
const KINDS: readonly RecordKind[] = ["log", "json", "text"];
const IS_LOG = kindTable(KINDS);

/** Bursts beyond this many are folded into one event a service and severity, least grave and rarest first. */
const MOST_BURSTS = 2_000;

/** Lines of one message of one service. */
interface Group {
  readonly service: string | null;
  readonly severity: Severity;
  readonly template: string;
  readonly bursts: Bursts;
}

type GroupBurst = Readonly<Burst> & { readonly group: Group };

function severityOf(level: number): Severity {
  if (level >= Level.fatal) return "CRITICAL";
  if (level === Level.error) return "HIGH";
  return "MEDIUM";
}

function collectGroups(input: DetectorInput): Iterable<Group> {
  const gap = input.settings.detection.burstGapSeconds * MICROS_PER_SECOND;
  const groups = new Map<string, Group>();
  for (const segment of input.segments(KINDS)) {
    input.checkpoint();
    const { template: templates } = segment.columns;
    if (templates === null) continue;
    const { count, time: times, kind, level, service: services } = segment.columns;
    const isTrouble = troubleOf(segment.columns);
    // Codes of template, service and level name a group within its segment: one look-up by number a record.
    const known = new Map<number, Group>();
    const width = (services?.dictionary.length ?? 0) + 1;
    for (let row = 0; row < count; row++) {
      const code = templates.index[row] ?? 0;
      const time = times[row] ?? Number.NaN;
      if (code === 0 || Number.isNaN(time) || IS_LOG[kind[row] ?? 0] !== 1 || !isTrouble(row)) continue;
      const gravity = level[row] ?? 0;
      const groupCode = (code * width + (services?.index[row] ?? 0)) * LEVELS.length + gravity;
      let group = known.get(groupCode);
      if (group === undefined) {
        const template = templates.dictionary[code - 1] ?? "";
        group = groupOf(groups, { service: textAt(services, row), severity: severityOf(gravity), template }, gap);
        known.set(groupCode, group);
      }
      group.bursts.add(time, segment, row);
    }
  }
  return groups.values();
}

function groupOf(groups: Map<string, Group>, of: Omit<Group, "bursts">, gap: number): Group {
  const key = `${of.severity}\n${of.service ?? ""}\n${of.template}`;
  let group = groups.get(key);
  if (group === undefined) {
    group = { ...of, bursts: new Bursts(gap) };
    groups.set(key, group);
  }
  return group;
}

function eventOfBurst({ group, count, start, end, segment, row }: GroupBurst): NewEvent {
  const { message } = segment.decode(row);
  const event = eventOfRecord(segment, row, {
    detector: id,
    source: "LOGS",
    kind: severityRank(group.severity) <= severityRank("HIGH") ? "error-burst" : "warning-burst",
    severity: group.severity,
    title: titleOf(count === 1 ? message : group.template),
    description: message,
    metadata: { count, template: group.template },
    tags: tagsOfMessage(message, segment.columns, row),
  });
  return {
    ...event,
    endTime: end > start ? micros(end) : null,
    fingerprint: fingerprint(id, group.service, group.severity, group.template, start),
  };
}

/** One event for what is too much to tell apart: every line is still counted. */
function eventOfRest(bursts: readonly GroupBurst[]): NewEvent | null {
  const [sample] = bursts;
  if (sample === undefined) return null;
  const { severity, service } = sample.group;
  const count = bursts.reduce((sum, burst) => sum + burst.count, 0);
  const start = bursts.reduce((least, burst) => Math.min(least, burst.start), Infinity);
  const end = bursts.reduce((most, burst) => Math.max(most, burst.end), 0);
  const title = `${count.toLocaleString("en-US")} further lines in ${bursts.length.toLocaleString("en-US")} bursts of rare messages`;
  return {
    ...eventOfBurst(sample),
    time: micros(start),
    endTime: end > start ? micros(end) : null,
    title,
    description: `${title}. Beyond ${MOST_BURSTS.toLocaleString("en-US")} bursts, the rarest are shown together; filter for level and service to see the lines.`,
    metadata: { count, bursts: bursts.length },
    tags: ["folded"],
    fingerprint: fingerprint(id, "rest", service, severity),
  };
}

function run(input: DetectorInput): { events: NewEvent[] } {
  const bursts: GroupBurst[] = [];
  for (const group of collectGroups(input)) for (const burst of group.bursts.all()) bursts.push({ ...burst, group });
  bursts.sort(
    (a, b) =>
      severityRank(a.group.severity) - severityRank(b.group.severity) ||
      b.count - a.count ||
      a.start - b.start ||
      (a.group.template < b.group.template ? -1 : 1),
  );
  const events = mapBySegment(
    bursts.slice(0, MOST_BURSTS),
    (burst) => burst,
    (burst) => {
      input.checkpoint();
      return eventOfBurst(burst);
    },
  );
  const rest = new Map<string, GroupBurst[]>();
  for (const burst of bursts.slice(MOST_BURSTS)) {
    const key = `${burst.group.severity}\n${burst.group.service ?? ""}`;
    const known = rest.get(key);
    if (known === undefined) rest.set(key, [burst]);
    else known.push(burst);
  }
  for (const folded of rest.values()) {
    const event = eventOfRest(folded);
    if (event !== null) events.push(event);
  }
  return { events };
}

const detector: Detector = { id, title: "Bursts of errors and warnings in logs", run };
export default detector;
