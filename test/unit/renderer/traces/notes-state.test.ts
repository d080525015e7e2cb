import { beforeEach, describe, expect, it } from "vitest";
import {
  flagsOf,
  forgetNotes,
  markedSpans,
  showFindings,
  showRecords,
  stepFinding,
  stepRecord,
  useNotes,
  type TraceFinding,
} from "../../../../src/renderer/traces/notes-state.ts";
import { showModel, useWaterfall } from "../../../../src/renderer/traces/waterfall-state.ts";
import { modelOf, span } from "./spans.ts";

const finding = (kind: TraceFinding["kind"], ...spans: readonly number[]): TraceFinding => ({
  kind,
  spans,
  micros: 5,
  text: `${kind} ${spans.join(" ")}`,
});
const selected = (): number | null => useWaterfall.getState().selected;

beforeEach(() => {
  forgetNotes();
  showModel(modelOf([span("root", null, 0, 100), span("a", "root", 10, 20), span("b", "root", 50, 20)]), null);
});

describe("findings of the open trace", () => {
  it("are walked round and round, each with its first span selected and all of them marked", () => {
    showFindings([finding("slow", 1, 2), finding("gap", 0)]);
    stepFinding(1);
    expect([useNotes.getState().finding, selected()]).toEqual([0, 1]);
    expect([...markedSpans(useNotes.getState())]).toEqual([1, 2]);
    stepFinding(1);
    expect(selected()).toBe(0);
    stepFinding(1);
    expect(useNotes.getState().finding).toBe(0);
    stepFinding(-1);
    expect(useNotes.getState().finding).toBe(1);
  });

  it("begin at the last one when walked backwards, and are nothing to walk where there are none", () => {
    showFindings([finding("slow", 1), finding("gap", 0)]);
    stepFinding(-1);
    expect(useNotes.getState().finding).toBe(1);
    showFindings([]);
    stepFinding(1);
    expect(useNotes.getState().finding).toBeNull();
  });

  it("flag every slow span and the first span of the others, and leave failures to their own mark", () => {
    const flags = flagsOf([
      finding("failed", 0),
      finding("slow", 1, 2),
      finding("n-plus-one", 2, 1),
      finding("gap", 0, 1),
    ]);
    expect([...flags].map(([index, { kind }]) => [index, kind])).toEqual([
      [1, "slow"],
      [2, "slow"],
      [0, "gap"],
    ]);
  });
});

describe("records of the open trace", () => {
  const record = (ref: string, time: number, of: number | null) => ({
    ref,
    time: 1_000_000 + time,
    nanos: 0,
    kind: "log" as const,
    level: 3,
    service: null,
    message: ref,
    span: of,
  });
  const answer = { records: [record("s1:1", 12, 1), record("s1:2", 60, 2)], total: 2 };

  it("are walked by time and stop at the ends", () => {
    showRecords(answer, null);
    expect(useNotes.getState().record).toBeNull();
    stepRecord(1);
    expect([useNotes.getState().record, selected()]).toEqual(["s1:1", 1]);
    stepRecord(1);
    stepRecord(1);
    expect([useNotes.getState().record, selected()]).toEqual(["s1:2", 2]);
  });

  it("open at the record that the trace was opened from", () => {
    showRecords(answer, "s1:2");
    expect([useNotes.getState().record, selected()]).toEqual(["s1:2", 2]);
  });
});
