// Whatever statement of a change fails, for every statement of it: nothing of the change is in the case, and the same
// change succeeds afterwards. The database is the real one; only one call of it answers as a full disk would.
import { describe, expect, it } from "vitest";
import type { CaseWriter } from "../../../src/main/engine/store/case-writer.ts";
import type { ImportedLetter, LetterOutcome } from "../../../src/main/engine/store/dead-letters/protocol.ts";
import type { Connection } from "../../../src/main/engine/store/sqlite.ts";
import type { DeadLetterInput } from "../../../src/shared/model/dead-letter.ts";
import { micros } from "../../../src/shared/units.ts";
import { batchOf, newCase, newEvent, newSource, T0 } from "./support.ts";

const CALLS = ["run", "get", "all", "iterate"] as const;

/** Makes the `n`-th statement from now on fail; the answer says how many were asked for, and ends it. */
function failAt(db: Connection, n: number): () => number {
  const prototype = Object.getPrototypeOf(db.prepare("SELECT 1")) as Record<string, (...args: unknown[]) => unknown>;
  let asked = 0;
  const originals = CALLS.map((name) => {
    const original = prototype[name];
    if (original === undefined) throw new Error(`statements have no ${name}`);
    prototype[name] = function fail(this: unknown, ...args: unknown[]): unknown {
      asked += 1;
      if (asked === n) throw Object.assign(new Error("database or disk is full"), { code: "SQLITE_FULL" });
      return original.apply(this, args);
    };
    return [name, original] as const;
  });
  return () => {
    for (const [name, original] of originals) prototype[name] = original;
    return asked;
  };
}

/** Every row of every table, as text. */
function contents({ db }: CaseWriter): string {
  const tables = db
    .prepare<[], { name: string }>(`SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY name`)
    .all();
  return JSON.stringify(
    tables.map(({ name }) => [name, db.prepare(`SELECT * FROM "${name}"`).raw().all()]),
    (_key, value: unknown) => (value instanceof Uint8Array ? Buffer.from(value).toString("hex") : value),
  );
}

const letter: DeadLetterInput = {
  offset: 0,
  length: 5,
  line: 1,
  stage: "parse",
  reason: "invalid-json",
  message: "line 1 is not JSON",
  raw: Buffer.from('{"a":'),
};

/** A source with records, a dead letter and an event; the changes below start from it. */
function prepared(): CaseWriter {
  const { writer } = newCase();
  const { sourceId } = writer.addSource(newSource());
  const batch = batchOf(sourceId, 20);
  writer.commit({
    ...batch,
    deadLetters: [letter],
    change: { accounting: { read: 21, records: 20, deadLetters: 1, skipped: 0, skippedWhy: {} } },
  });
  writer.changeSource({ sourceId, change: { state: "done" } });
  writer.createEvent({ event: newEvent({ title: "pager went off" }) });
  return writer;
}

const detections = {
  events: [newEvent({ source: "LOGS", kind: "error-burst", fingerprint: "burst" })],
  anomalies: [
    {
      time: micros(T0),
      endTime: micros(T0 + 5),
      peakTime: micros(T0 + 1),
      service: "checkout",
      series: "p99",
      method: "z-score",
      score: 9,
      threshold: 2,
      severity: "HIGH" as const,
      baselineMean: 1,
      baselineDeviation: 1,
      bandLow: null,
      bandHigh: 0.5,
      peakValue: 10,
      perSecond: false,
      fingerprint: "anomaly",
    },
  ],
  traces: [],
};

/** Bytes of "line 0" … "line 19" with their ends: where the next block must begin. */
const TEXT_OF_20 = 10 * 7 + 10 * 8;

const CHANGES: (readonly [string, (writer: CaseWriter) => unknown])[] = [
  [
    "a part of an import",
    (writer) => {
      const batch = batchOf(1, 30, 20, TEXT_OF_20);
      return writer.commit({
        ...batch,
        deadLetters: [{ ...letter, offset: 300 }],
        change: { accounting: { read: 52, records: 50, deadLetters: 2, skipped: 0, skippedWhy: {} } },
      });
    },
  ],
  ["a new source", (writer) => writer.addSource(newSource("other.jsonl"))],
  ["a source that changed", (writer) => writer.addSource(newSource("app.jsonl", "2"))],
  ["clearing a source", (writer) => writer.clearSource({ sourceId: 1 })],
  ["what detectors found", (writer) => writer.replaceDetections(detections)],
  ["a note", (writer) => writer.createEvent({ event: newEvent({ title: "rolled back", fingerprint: "note" }) })],
  ["a changed note", (writer) => writer.updateEvent({ id: 1, change: { title: "false alarm" } })],
  ["a deleted note", (writer) => writer.deleteEvent({ id: 1 })],
  ["an edited dead letter", (writer) => writer.editDeadLetter({ id: 1, text: Buffer.from("{}") })],
  [
    "a discarded dead letter",
    (writer) => writer.discardDeadLetters({ choice: { which: "all", sourceId: null }, reason: "noise" }),
  ],
];

const readAs = { format: "json-lines", zone: "UTC", encoding: null };
const outcome: LetterOutcome = {
  id: 1,
  version: 1,
  outcome: "replayed",
  readAs,
  records: 2,
  skippedWhy: {},
  rest: [{ ...letter, offset: 3 }],
  stage: "parse",
  reason: "",
  message: "",
};
const replayed = (writer: CaseWriter, changed: Partial<LetterOutcome> = {}): unknown => {
  const { segments, blocks } = batchOf(1, changed.records ?? 2, 20, TEXT_OF_20);
  const format = { id: "json-lines", version: 1 };
  return writer.commitReplay({ sourceId: 1, format, segments, blocks, outcomes: [{ ...outcome, ...changed }] });
};
const imported: ImportedLetter = {
  ...letter,
  path: "elsewhere.jsonl",
  zone: "UTC",
  connector: "file",
  format: "json-lines",
  formatVersion: 1,
  key: "0-5-00112233445566778899aabbccddeeff",
  edited: Buffer.from("{}"),
  attempts: 2,
  generation: 1,
  firstAt: micros(T0),
  lastAt: micros(T0 + 1),
  history: [],
};

CHANGES.push(
  ["a replayed dead letter, of which a part goes on as one", (writer) => replayed(writer)],
  [
    "a dead letter that failed again",
    (writer) => replayed(writer, { outcome: "failed", records: 0, rest: [], reason: "no-time", message: "no time" }),
  ],
  [
    "imported dead letters",
    (writer) => writer.importDeadLetters({ letters: [imported, { ...imported, key: "other" }] }),
  ],
  ["old dead letters that are dropped", (writer) => writer.dropOldDeadLetters({ before: micros(4e15) })],
);

function failureOrNull(work: () => unknown): string | null {
  try {
    work();
    return null;
  } catch (thrown) {
    return String(thrown);
  }
}

describe.each(CHANGES)("%s", (_name, change) => {
  it("is in the case wholly or not at all, whichever of its statements fails", () => {
    const writer = prepared();
    const before = contents(writer);
    let statements = 0;
    for (let n = 1; ; n++) {
      const end = failAt(writer.db, n);
      const failure = failureOrNull(() => change(writer));
      statements = end();
      if (failure === null) break;
      // The fault that was put there, and no other.
      expect(failure).toMatch(/full/i);
      expect(contents(writer)).toBe(before);
    }
    // At least the change itself and the revision that it raises.
    expect(statements).toBeGreaterThanOrEqual(2);
    expect(contents(writer)).not.toBe(before);
    expect(writer.db.pragma("integrity_check", { simple: true })).toBe("ok");
  });
});

describe("a disk that is really full", () => {
  it("leaves nothing of a change behind, and takes it once there is room", () => {
    const writer = prepared();
    const before = contents(writer);
    const pages = writer.db.pragma("page_count", { simple: true });
    writer.db.pragma(`max_page_count = ${String(pages)}`);
    const wide = Buffer.alloc(60_000, "x");
    const letters = Array.from({ length: 50 }, (_, at) => ({
      ...letter,
      offset: 1_000 + at,
      raw: wide,
      length: 60_000,
    }));
    const accounting = { read: 71, records: 20, deadLetters: 51, skipped: 0, skippedWhy: {} };
    const part = { ...batchOf(1, 0), deadLetters: letters, change: { accounting } };
    expect(failureOrNull(() => writer.commit(part))).toMatch(/the disk is full\. Free some space, then try again/u);
    expect(contents(writer)).toBe(before);
    writer.db.pragma("max_page_count = 100000");
    writer.commit(part);
    expect(writer.db.prepare(`SELECT COUNT(*) AS count FROM dead_letter`).get()).toEqual({ count: 51 });
    expect(writer.db.pragma("integrity_check", { simple: true })).toBe("ok");
  });
});
