/** Commits, deploys and feature flags are what an incident most often starts with: each is an event of its own. */
import type { EventKind, EventSource, NewEvent } from "../../../shared/model/event.ts";
import { Level } from "../../../shared/model/level.ts";
import { kindCode, kindName, type RecordKind } from "../../../shared/model/record.ts";
import { textAt } from "../../../shared/model/segment.ts";
import type { Severity } from "../../../shared/model/severity.ts";
import type { Detector, DetectorInput } from "./detector.ts";
import { eventOfRecord, titleOf } from "./support/record-event.ts";

const id = "changes";

interface Change {
  readonly kind: EventKind;
  readonly source: EventSource;
  readonly severity: Severity;
}
const CHANGES: Partial<Readonly<Record<RecordKind, Change>>> = {
  commit: { kind: "commit", source: "GIT", severity: "INFO" },
  deploy: { kind: "deploy", source: "CI", severity: "LOW" },
  flag: { kind: "flag", source: "CI", severity: "LOW" },
};
const KINDS = Object.keys(CHANGES) as RecordKind[];
const CODES = new Set(KINDS.map(kindCode));

function run(input: DetectorInput): { events: NewEvent[] } {
  const events: NewEvent[] = [];
  const commits = new Set<string>();
  for (const segment of input.segments(KINDS)) {
    input.checkpoint();
    const { columns } = segment;
    for (let row = 0; row < columns.count; row++) {
      const code = columns.kind[row] ?? 0;
      if (!CODES.has(code) || Number.isNaN(columns.time[row])) continue;
      const change = CHANGES[kindName(code)];
      if (change === undefined) continue;
      const name = textAt(columns.name, row);
      if (change.kind === "commit" && name !== null && isKnown(commits, name)) continue;
      const { message, fields } = segment.decode(row);
      events.push(
        eventOfRecord(segment, row, {
          detector: id,
          kind: change.kind,
          source: change.source,
          severity: (columns.level[row] ?? 0) >= Level.error ? "HIGH" : change.severity,
          title: titleOf(message),
          description: message,
          metadata: { ...(name === null ? {} : { name }), ...people(fields) },
          tags: [change.kind],
        }),
      );
    }
  }
  return { events };
}

/** Git's own abbreviation is 7 at the least; 12 digits tell the commits of any repository apart. */
const SHA_DIGITS = 12;

/** The same commit often stands in a list and in a log: it happened once. Remembers it otherwise. */
function isKnown(commits: Set<string>, sha: string): boolean {
  const key = sha.slice(0, SHA_DIGITS).toLowerCase();
  if (commits.has(key)) return true;
  commits.add(key);
  return false;
}

const PEOPLE = new Set(["author", "author.name", "actor", "environment", "version", "commit_sha"]);
const people = (fields: readonly (readonly [string, string | number | boolean | null])[]) =>
  Object.fromEntries(fields.filter(([key]) => PEOPLE.has(key)));

const detector: Detector = { id, title: "Commits, deploys and flags", run };
export default detector;
