import { describe, expect, it } from "vitest";
import { detail } from "../../../src/main/engine/query/detail.ts";
import { eventTest } from "../../../src/main/engine/query/event-filter.ts";
import { histogram } from "../../../src/main/engine/query/histogram.ts";
import { lanes } from "../../../src/main/engine/query/lanes.ts";
import type { OpenCase } from "../../../src/main/engine/query/open-case.ts";
import type { QueryContext } from "../../../src/main/engine/query/query-context.ts";
import { rows } from "../../../src/main/engine/query/rows.ts";
import { ColumnCache, columnBytesFor } from "../../../src/main/engine/query/segment-columns.ts";
import { values } from "../../../src/main/engine/query/values.ts";
import type { CaseReader } from "../../../src/main/engine/store/protocol.ts";
import { FailureError } from "../../../src/shared/failure.ts";
import { EVERYTHING } from "../../../src/shared/query/ast.ts";
import { searchedIn } from "../../../src/shared/query/searched.ts";
import { at, everything, jsonStub, noCheck, testCase, type TestRecord } from "./cases.ts";

const messages = (open: OpenCase, filter = "", from: number | null = null, to: number | null = null): string[] => {
  const selected = open.selections.select({ filter, from, to, samples: false }, noCheck);
  return rows(open, selected, { start: 0, count: 1_000, searched: searchedIn(filter) }, noCheck).map((row) =>
    row.type === "event" ? `! ${row.event.title}` : row.record.message,
  );
};
const log = (time: number | null, message: string, more: TestRecord = {}): TestRecord => ({
  ...more,
  time: time === null ? null : at(time),
  message,
});
const failure = (work: () => unknown): string => {
  try {
    work();
  } catch (thrown) {
    if (thrown instanceof FailureError) return thrown.failure.reason;
    throw thrown;
  }
  return "none";
};

describe("an open case", () => {
  it("orders by time, then source, then row, and puts records without a time last", () => {
    const made = testCase();
    const [a, b] = [made.source("a"), made.source("b")];
    made.add(b, [log(5, "b1"), log(null, "b2"), log(5, "b3")]);
    made.add(a, [log(9, "a1"), log(5, "a2"), log(null, "a3"), log(1, "a4")], 2);
    expect(messages(made.open())).toEqual(["a4", "a2", "b1", "b3", "a1", "a3", "b2"]);
  });

  it("puts events among the records, each before the records of its moment", () => {
    const made = testCase();
    made.add(made.source("a"), [log(1, "one"), log(5, "five"), log(null, "never")]);
    made.event({ time: 9, title: "late" });
    made.event({ time: 5, title: "first at five" });
    made.event({ time: 5, title: "second at five" });
    expect(messages(made.open())).toEqual(["one", "! first at five", "! second at five", "five", "! late", "never"]);
  });

  it("answers about a case without anything in it", () => {
    const made = testCase();
    const open = made.open();
    expect(messages(open)).toEqual([]);
    expect(messages(open, 'level>=error "x" has:y')).toEqual([]);
    const selected = open.selections.select(everything, noCheck);
    expect(histogram(open, selected, everything, 3)).toMatchObject({ total: 0, buckets: 3, bucketMicros: 1 / 3 });
    expect(selected.rowAtTime(0)).toBeNull();
    expect(selected.nextError(-1, "next")).toBeNull();
    expect(values(open, "service", "", 10, noCheck)).toEqual([]);
    expect(values(open, "anything", "", 10, noCheck)).toEqual([]);
    expect(open.info()).toMatchObject({ records: 0, events: 0, from: null, to: null });
  });

  it("sees what is committed while it is open, before and after what it had", () => {
    const made = testCase();
    const source = made.source("a");
    made.add(source, [log(5, "error five")]);
    const open = made.open();
    expect(messages(open, "error")).toEqual(["error five"]);
    made.add(source, [log(7, "error seven"), log(3, "error three"), log(4, "fine")]);
    made.event({ time: 4, title: "an error" });
    expect(messages(open, "error")).toEqual(["error five"]);
    open.refresh(noCheck);
    expect(messages(open, "error")).toEqual(["error three", "! an error", "error five", "error seven"]);
  });

  it("forgets a source that was cleared, and its refs never come to mean other records", () => {
    const made = testCase();
    const [a, b] = [made.source("a"), made.source("b")];
    made.add(a, [log(1, "a1")]);
    made.add(b, [log(2, "b1")]);
    const open = made.open();
    expect(messages(open, "a1 OR b1")).toEqual(["a1", "b1"]);
    made.clear(a);
    made.add(a, [log(3, "a2 a1")]);
    open.refresh(noCheck);
    expect(messages(open, "a1 OR b1")).toEqual(["b1", "a2 a1"]);
    expect(failure(() => detail(open, "s1:0"))).toBe("not-found");
    expect(detail(open, "s3:0").message).toBe("a2 a1");
  });

  it("hides metric samples unless asked, or the filter names a kind, and says how many", () => {
    const made = testCase();
    made.add(made.source("a"), [log(1, "cpu", { kind: "sample" }), log(2, "line"), log(3, "mem", { kind: "sample" })]);
    const open = made.open();
    expect(messages(open)).toEqual(["line"]);
    expect(messages(open, "kind:sample mem")).toEqual(["mem"]);
    const select = (filter: string, samples: boolean) =>
      open.selections.select({ filter, from: null, to: null, samples }, noCheck);
    expect(select("", false).hiddenSamples).toBe(2);
    expect(select("mem", false).hiddenSamples).toBe(1);
    expect(select("mem", true).hiddenSamples).toBe(0);
  });

  it("allocates no copy for a selection without a filter", () => {
    const made = testCase();
    made.add(made.source("a"), [log(1, "a"), log(2, "b"), log(3, "c")]);
    const open = made.open();
    const whole = open.selections.select(everything, noCheck);
    const range = open.selections.select({ ...everything, from: 2, to: 3 }, noCheck);
    expect(whole.ordinals).toBe(open.index.order);
    expect(range.ordinals.bytes).toBe(0);
    expect([...range.ordinals]).toEqual([1]);
  });

  it("stops when the caller has lost interest, and goes on from there when asked again", () => {
    const made = testCase();
    made.add(
      made.source("a"),
      Array.from({ length: 40 }, (_, i) => log(i, `needle ${i}`)),
      10,
    );
    const open = made.open();
    let checks = 0;
    const abandon = (): void => {
      checks += 1;
      if (checks > 4) throw new FailureError("cancelled", "The call was cancelled.");
    };
    expect(failure(() => open.selections.select({ ...everything, filter: "needle" }, abandon))).toBe("cancelled");
    let more = 0;
    const selected = open.selections.select({ ...everything, filter: "needle" }, () => {
      more += 1;
    });
    expect(selected.count).toBe(40);
    expect(more).toBeLessThan(8);
  });

  it("names the place of a filter that cannot be read", () => {
    const open = testCase().open();
    expect(() => open.selections.select({ ...everything, filter: "a level>=loud" }, noCheck)).toThrow(
      /^Filter, character 10: "loud" is no level/,
    );
  });

  it("finds text over the edge of blocks, in records longer than several of them, and never across two records", () => {
    const made = testCase();
    const source = made.source("a", null);
    const long = "x".repeat(700_000);
    made.add(source, [
      { raw: "p".repeat(262_140), time: at(1) },
      { raw: "needle at the edge", time: at(2) },
      { raw: `${long}Needle${long}`, time: at(3) },
      { raw: "nee", time: at(4) },
      { raw: "dle", time: at(5) },
    ]);
    const open = made.open();
    const found = (filter: string): number[] => [
      ...open.selections.select({ ...everything, filter }, noCheck).ordinals,
    ];
    expect(found("needle")).toEqual([1, 2]);
    expect(found("Needle")).toEqual([2]);
    expect(found('"nee\ndle"')).toEqual([]);
  });

  it.each([
    [
      "one of them as long as the source",
      [
        [262_130, 40],
        [262_140, 337_860],
        [0, 900_000],
        [262_142, 40],
        [599_980, 30],
        [899_999, 5_000],
      ],
    ],
    [
      "each over the edge of a block",
      [
        [262_130, 40],
        [262_140, 337_860],
        [262_142, 40],
        [599_980, 30],
      ],
    ],
    [
      "from the last to the first",
      [
        [599_980, 30],
        [262_140, 337_860],
        [262_130, 40],
        [0, 20],
      ],
    ],
  ])("finds text in records that overlap, %s", (_, places) => {
    const made = testCase();
    const line = Buffer.alloc(900_000, "x");
    for (const [text, offset] of [
      ["origin", 5],
      ["needle", 262_141],
      ["thread", 599_990],
    ] as const)
      line.write(text, offset);
    const raw = line.toString("latin1");
    const records = places.map(([offset = 0, length = 0], i): TestRecord => ({
      raw: i === 0 ? raw : "",
      time: at(i),
      place: { offset, length },
    }));
    made.add(made.source("a", null), records);
    const open = made.open();
    for (const text of ["origin", "needle", "thread", "xxx"]) {
      const found = open.selections.select({ ...everything, filter: text }, noCheck);
      const expected = places.flatMap(([offset = 0, length = 0], i) =>
        raw.slice(offset, offset + length).includes(text) ? [i] : [],
      );
      expect([...found.ordinals]).toEqual(expected);
    }
  });

  it("compares numbers that stand as text in a record", () => {
    const made = testCase();
    made.add(made.source("a"), [
      log(1, "a", { fields: { n: "7" } }),
      log(2, "b", { fields: { n: "7 ms" } }),
      log(3, "c", { fields: { n: 8 } }),
    ]);
    expect(messages(made.open(), "n>=7")).toEqual(["a", "c"]);
  });

  it("takes hostile text for text", () => {
    const made = testCase();
    const source = made.source("a", null);
    const lines = ["a.b", "axb", "$& \\ (", "\0\u0001", "\u202Eevil", "", "<script>"];
    made.add(
      source,
      lines.map((raw, i) => ({ raw, time: at(i) })),
    );
    const open = made.open();
    expect(messages(open, '"a.b"')).toEqual(["a.b"]);
    expect(messages(open, '"$& \\\\ ("')).toEqual(["$& \\ ("]);
    expect(messages(open, "\0")).toEqual(["\0\u0001"]);
    expect(messages(open, '""')).toEqual(lines);
    expect(messages(open, "<script>")).toEqual(["<script>"]);
  });

  it("shows raw text where the format is gone or refuses the bytes", () => {
    const made = testCase();
    made.add(made.source("a"), [{ raw: "{not json", time: at(1) }]);
    made.add(made.source("b", "a-format-of-another-version"), [{ raw: "plain", time: at(2) }]);
    const open = made.open();
    expect(messages(open)).toEqual(["{not json", "plain"]);
    expect(messages(open, "message:plain")).toEqual([]);
    expect(detail(open, "s1:0")).toMatchObject({
      message: "{not json",
      fields: [],
      path: "a",
      format: jsonStub.id,
      line: 1,
    });
  });

  it("finds a field's value behind the escapes of JSON", () => {
    const made = testCase();
    made.add(made.source("a"), [{ raw: String.raw`{"message":"m","route":"\u002fapi\/users"}`, time: at(1) }]);
    expect(messages(made.open(), "route:/api/users")).toEqual(["m"]);
  });

  it("reads the bytes of a record exactly, and no more of them than a window needs", () => {
    const made = testCase();
    const source = made.source("a", null);
    made.add(source, [
      { raw: "x", time: at(1) },
      { raw: "y".repeat(100_000), time: at(2), service: "s", traceId: "t" },
    ]);
    const found = detail(made.open(), "s1:1");
    expect(found).toMatchObject({
      offset: 2,
      length: 100_000,
      service: "s",
      traceId: "t",
      duration: null,
      parentId: null,
    });
    expect(found.raw.length).toBe(65_536);
  });

  it("counts values of closed, stored and decoded fields for completion", () => {
    const made = testCase();
    const source = made.source("a");
    made.add(source, [
      log(1, "m", { service: "pay", name: "GET /", fields: { region: "eu" } }),
      log(2, "m", { service: "checkout", fields: { region: "eu" } }),
      log(3, "m", { service: "checkout", fields: { region: "us" } }),
    ]);
    const open = made.open();
    expect(values(open, "service", "", 9, noCheck)).toEqual([
      { value: "checkout", count: 2 },
      { value: "pay", count: 1 },
    ]);
    expect(values(open, "service", "P", 9, noCheck)).toEqual([{ value: "pay", count: 1 }]);
    expect(values(open, "name", "", 9, noCheck)).toEqual([{ value: "GET /", count: 1 }]);
    expect(values(open, "region", "", 1, noCheck)).toEqual([{ value: "eu", count: 2 }]);
    expect(values(open, "source", "", 9, noCheck)).toEqual([{ value: "a", count: 3 }]);
    expect(values(open, "__proto__", "", 9, noCheck)).toEqual([]);
  });

  it("shows the gravest events of a lane that has too many, those that reach into the range with them", () => {
    const made = testCase();
    made.event({ time: 1, endTime: 9 as never, kind: "alert", severity: "HIGH", title: "long" });
    made.event({ time: 6, kind: "alert", severity: "LOW", title: "low" });
    made.event({ time: 7, kind: "alert", severity: "CRITICAL", title: "critical" });
    made.event({ time: 20, kind: "alert", title: "later" });
    const open = made.open();
    const shown = lanes(
      open.events,
      eventTest(EVERYTHING, () => undefined),
      { ...everything, from: 5, to: 10 },
      2,
    );
    const alerts = shown.find(({ lane }) => lane === "alerts");
    expect(alerts?.total).toBe(3);
    expect(alerts?.events.map(({ title }) => title)).toEqual(["long", "critical"]);
    expect(shown.map(({ lane }) => lane)).toEqual(["changes", "ci", "alerts", "errors", "metrics", "traces", "notes"]);
  });

  it("cuts a lane so that it still tells when something happened", () => {
    const made = testCase();
    for (let n = 0; n < 90; n += 1) made.event({ time: n, kind: "alert", severity: n < 30 ? "CRITICAL" : "LOW" });
    const open = made.open();
    const fits = eventTest(EVERYTHING, () => undefined);
    const times = (limit: number): readonly number[] =>
      lanes(open.events, fits, everything, limit).flatMap(({ events }) => events.map(({ time }) => time));
    expect(times(9)).toEqual([0, 10, 20, 30, 40, 50, 60, 70, 80]);
    expect(times(90)).toHaveLength(90);
    expect(times(80)).toHaveLength(80);
  });

  it("puts records into the bars of their time and severity", () => {
    const made = testCase();
    made.add(made.source("a"), [
      log(0, "a", { level: 5 }),
      log(4, "b", { level: 3 }),
      log(9, "c", { level: 6 }),
      log(null, "d", { level: 6 }),
    ]);
    const open = made.open();
    const bars = histogram(open, open.selections.select(everything, noCheck), everything, 2);
    expect(bars).toMatchObject({ from: 0, bucketMicros: 5, total: 3 });
    expect([...bars.counts]).toEqual([0, 1, 0, 1, 0, 1, 0, 0, 0, 0]);
  });

  it("keeps cold columns within their bound, be it another one when the case has grown", () => {
    const made = testCase();
    made.add(
      made.source("a"),
      Array.from({ length: 100 }, (_, i) => log(i, "m")),
      10,
    );
    const open = made.open();
    let limit = 600;
    const cache = new ColumnCache(open.reader, () => limit);
    for (const { id } of open.index.segments) expect(cache.get(id, "offset").length).toBe(10);
    expect(cache.bytes).toBeLessThanOrEqual(600);
    expect(cache.bytes).toBeGreaterThan(300);
    limit = 300;
    for (const { id } of open.index.segments) cache.get(id, "offset");
    expect(cache.bytes).toBeLessThanOrEqual(300);
  });

  it("reads the columns of segments that lie between each other once a page, however few are kept", () => {
    const made = testCase();
    for (let source = 0; source < 30; source += 1)
      made.add(
        made.source(`source-${source}`),
        Array.from({ length: 10 }, (_, i) => log(i * 30 + source, `m${i * 30 + source}`)),
      );
    const open = made.open();
    let read = 0;
    const reader: Pick<CaseReader, "columns"> = {
      columns(...asked) {
        read += 1;
        return open.reader.columns(...asked);
      },
    };
    // Room for all columns of a few of the thirty.
    const columns = new ColumnCache(reader, () => 2_000);
    const { index, wholeCounts, formatById, crew, templates, revision, events } = open;
    const source = (id: number) => open.source(id);
    const known = { index, wholeCounts, formatById, crew, templates, revision, events, source };
    const context: QueryContext = { ...known, reader: open.reader, columns };
    const wanted = { start: 0, count: 300, searched: searchedIn("") };
    const listed = rows(context, open.selections.select(everything, noCheck), wanted, noCheck);
    expect(listed.map((row) => (row.type === "record" ? row.record.message : ""))).toEqual(
      Array.from({ length: 300 }, (_, i) => `m${i}`),
    );
    expect(read).toBeLessThanOrEqual(30 * 6);
  });

  it("keeps few cold columns of a case whose rounds find none of them again", () => {
    expect(columnBytesFor(20_000_000)).toBeLessThan(columnBytesFor(1_000_000));
  });
});

it("says that the case is damaged where a row of its tables cannot be read", () => {
  const made = testCase();
  const id = made.event({ time: 1, title: "Deploy" });
  made.writer.db.prepare('UPDATE event SET tags = \'["a" "b"]\'').run();
  const { tables } = made.openUnread();
  expect(() => tables.event(id)).toThrow(`${made.file} is damaged: a row of it cannot be read`);
});
