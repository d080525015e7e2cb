// A crew of threads finds just what one thread finds, whatever becomes of its helpers.
import { join } from "node:path";
import { describe, expect, it, onTestFinished, vi } from "vitest";
import { formatById } from "../../../src/main/engine/formats/registry.ts";
import { caseTables } from "../../../src/main/engine/query/case-tables.ts";
import { OpenCase } from "../../../src/main/engine/query/open-case.ts";
import { threadedCrew } from "../../../src/main/engine/query/scan/scan-crew.ts";
import { openCaseReader } from "../../../src/main/engine/store/case-reader.ts";
import { at, everything, testCase, type TestCase } from "../../unit/query/cases.ts";

const scanner = join(import.meta.dirname, "../../../out/main/scanner.worker.js");

function caseOfSegments(): TestCase {
  const made = testCase();
  for (const name of ["a.jsonl", "b.jsonl"]) {
    made.add(
      made.source(name, "json-lines"),
      Array.from({ length: 6_000 }, (_, i) => ({
        raw: JSON.stringify({
          time: new Date(i).toISOString(),
          msg: `Request ${i} took ${i % 97} ms`,
          user: `u${i % 7}`,
        }),
        time: at(i * 1_000),
        level: ((i % 6) + 1) as 1 | 2 | 3 | 4 | 5 | 6,
        service: name,
      })),
      500,
    );
  }
  return made;
}

function opened(made: TestCase, scannerFile: string | null): OpenCase {
  const reader = openCaseReader(made.file);
  const open = new OpenCase(made.file, reader, caseTables(reader.db), formatById, scannerFile);
  onTestFinished(() => open[Symbol.dispose]());
  open.refresh(() => {});
  return open;
}

const found = (open: OpenCase, filter: string, checkpoint = (): void => {}): readonly number[] =>
  Array.from(open.selections.select({ ...everything, filter }, checkpoint).ordinals);

const FILTERS = [
  '"took 11 ms"',
  "request",
  "level>=warn 1 -Request",
  '"took 12 ms" OR user:u3',
  "-(user:u1 OR took)",
  "service:a.jsonl user:u2 level>=error 5",
];

describe("a crew of threads", () => {
  it.each(FILTERS)("finds for %s what one thread finds", (filter) => {
    const made = caseOfSegments();
    const alone = found(opened(made, null), filter);
    const crew = opened(made, scanner);
    expect(found(crew, filter)).toEqual(alone);
    // The second question meets threads that have started.
    expect(found(crew, `${filter} took`)).toEqual(found(opened(made, null), `${filter} took`));
  });

  it("finds the same with helpers that were started before", () => {
    const made = caseOfSegments();
    const crew = opened(made, scanner);
    crew.crew.warm(2);
    expect(found(crew, "took 1")).toEqual(found(opened(made, null), "took 1"));
  });

  it("finds the same when its helpers cannot start", () => {
    const made = caseOfSegments();
    const crew = opened(made, join(made.folder, "missing.worker.js"));
    crew.crew.warm(2);
    expect(found(crew, "took")).toEqual(found(opened(made, null), "took"));
  });

  it("gives its threads back when no scan follows in time, and finds the same with new ones", () => {
    vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
    onTestFinished(() => void vi.useRealTimers());
    const open = opened(caseOfSegments(), null);
    const crew = threadedCrew(open.file, scanner, open, () => 1_000);
    onTestFinished(() => crew[Symbol.dispose]());
    const scanned = (): readonly number[] => {
      const parts = open.reader.segments().map(({ id, sourceId, count }) => ({
        segment: { id, sourceId, format: "json-lines" },
        mask: new Uint8Array(count).fill(1),
      }));
      crew.scan({ type: "text", text: "took 11 ms" }, parts, () => {});
      return parts.flatMap(({ mask }) => Array.from(mask));
    };
    const first = scanned();
    vi.advanceTimersByTime(900);
    expect(scanned()).toEqual(first);
    vi.advanceTimersByTime(900);
    expect(crew.running).toBe(crew.size);
    vi.advanceTimersByTime(100);
    expect(crew.running).toBe(1);
    expect(scanned()).toEqual(first);
    expect(crew.running).toBe(crew.size);
  });

  it("stops when the question is abandoned, and answers the next one whole", () => {
    const made = caseOfSegments();
    const crew = opened(made, scanner);
    let checks = 0;
    const abandon = (): void => {
      checks += 1;
      if (checks > 3) throw new Error("abandoned");
    };
    expect(() => found(crew, "took", abandon)).toThrow("abandoned");
    expect(found(crew, "took")).toEqual(found(opened(made, null), "took"));
  });
});
