// A question that takes its whole answer finds the index of records behind, or not begun, and is answered as if it were not.
import { describe, expect, it } from "vitest";
import type { OpenCase } from "../../../src/main/engine/query/open-case.ts";
import { readerMethods } from "../../../src/main/engine/query/reader-methods.ts";
import { durationMicros, micros } from "../../../src/shared/units.ts";
import { at, everything, noCheck, testCase, type TestCase } from "./cases.ts";

const atOnce = (): boolean => true;

/** Two sources whose times interleave, samples and records without a time among them. */
function manySegments(): TestCase {
  const made = testCase();
  for (const [i, name] of ["b.jsonl", "a.jsonl"].entries()) {
    made.add(
      made.source(name),
      Array.from({ length: 120 }, (_, n) => ({
        message: n % 3 === i ? "disk full" : `disk ok ${n}`,
        time: n % 17 === 0 ? null : at((n * 31 + i) % 100),
        kind: n % 5 === 0 ? ("sample" as const) : ("log" as const),
        level: ((n % 6) + 1) as 1 | 2 | 3 | 4 | 5 | 6,
        service: n % 2 === 0 ? "db" : "web",
        fields: { shard: `s${n % 4}` },
      })),
      15,
    );
  }
  return made;
}

const listed = (made: TestCase): OpenCase => {
  const open = made.openUnread();
  open.refresh(noCheck, atOnce);
  return open;
};

function outcomeOf(ask: () => unknown): string {
  try {
    ask();
    return "answered";
  } catch (thrown) {
    return thrown instanceof Error ? thrown.message : String(thrown);
  }
}

const SELECTIONS = [
  { ...everything, filter: "" },
  { ...everything, filter: "full" },
  { ...everything, filter: "full", samples: false },
  { ...everything, filter: "disk", samples: false },
  { ...everything, filter: "/ok [0-9]*1/ OR full" },
  { ...everything, filter: "-full shard:s1" },
  { ...everything, filter: "full level>=warn" },
  { ...everything, filter: "service:db -ok", samples: false },
  { ...everything, filter: "full", from: micros(20), to: micros(60) },
  { ...everything, filter: "disk", from: micros(20), to: micros(60), samples: false },
];

describe("a whole answer", () => {
  it.each(SELECTIONS)(
    "is the same where the index was behind: $filter, $from to $to, samples $samples",
    (selection) => {
      const made = manySegments();
      const whole = made.open().selections.select(selection, noCheck);
      const open = listed(made);
      expect(open.index.pending).toBe(240);
      const found = open.selections.select(selection, noCheck);
      expect([found.records, found.hiddenSamples, found.searched]).toEqual([whole.records, whole.hiddenSamples, 1]);
      expect([...found.ordinals]).toEqual([...whole.ordinals]);
      expect(found.ordinals.length).toBe(found.records);
      expect(open.index.pending).toBe(0);
      expect(open.selections.select(selection, noCheck)).toBe(found);
    },
  );

  it.each(["full", "full level>=warn"])("of %s goes on after one that was abandoned anywhere", (filter) => {
    const made = manySegments();
    const selection = { ...everything, filter };
    const all = [...made.open().selections.select(selection, noCheck).ordinals];
    let isAbandoned = true;
    for (let checks = 1; isAbandoned; checks += 3) {
      const open = listed(made);
      let left = checks;
      isAbandoned = false;
      const giveUp = (): void => {
        isAbandoned = (left -= 1) === 0;
        if (isAbandoned) throw new Error("abandoned");
      };
      const outcome = outcomeOf(() => open.selections.select(selection, giveUp));
      expect(outcome).toBe(isAbandoned ? "abandoned" : "answered");
      const early = open.selections.select(selection, noCheck, atOnce);
      expect(all).toEqual(expect.arrayContaining([...early.ordinals]));
      expect(early.ordinals.length).toBe(early.records);
      expect([...open.selections.select(selection, noCheck).ordinals]).toEqual(all);
      expect(isAbandoned || checks > 15).toBe(true);
    }
  });

  it("holds what was committed since the index was whole", () => {
    const made = manySegments();
    const open = made.open();
    const selection = { ...everything, filter: "full" };
    const before = open.selections.select(selection, noCheck).records;
    made.add(made.source("c.jsonl"), [{ message: "full again", time: at(3) }]);
    open.refresh(noCheck, atOnce);
    expect(open.selections.select(selection, noCheck).records).toBe(before + 1);
  });
});

describe("the lists of the tables", () => {
  it("do not wait for the index, which would hold memory for each record", () => {
    const open = manySegments().openUnread();
    const methods = readerMethods(() => open);
    const context = { isCancelled: () => false, checkpoint: noCheck, emit: () => {} };
    methods.open({ file: "case" }, context);
    const all = { from: null, to: null, service: null, limit: 1, after: null } as const;
    const traces = methods["traces.list"](
      { ...all, only: "all", order: "start", slowFrom: durationMicros(0) },
      context,
    );
    expect(traces).toMatchObject({ total: 0 });
    expect(methods.caseInfo(null, context)).toMatchObject({ records: 240 });
    expect(open.index.pending).toBe(240);
  });
});
