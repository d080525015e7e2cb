import { describe, expect, it } from "vitest";
import { rowAsJson, rowAsText } from "../../../../src/renderer/records/copy-rows.ts";
import { newNote } from "../../../../src/renderer/notes/note.ts";

const time = Date.UTC(2026, 5, 20, 14, 3, 11, 207) * 1_000;
const record = {
  ref: "s3:7",
  time,
  nanos: 0,
  digits: 3,
  kind: "log" as const,
  level: 5,
  service: "checkout",
  message: "refused\n\tat Pool.take",
  sourceId: 3,
  line: 8,
};
const note = {
  ...newNote({ time, severity: "INFO", service: null, title: "pager", description: "", tags: [] }, "f"),
  id: 1,
};

describe("a copied row", () => {
  it("is one line whatever its message holds, in the zone on screen", () => {
    expect(rowAsText({ type: "record", record }, "UTC")).toBe(
      "2026-06-20 14:03:11.207 UTC\tERROR\tcheckout\trefused at Pool.take",
    );
    expect(rowAsText({ type: "record", record }, "Europe/Berlin")).toMatch(/^2026-06-20 16:03:11\.207 UTC\+2\t/u);
  });

  it("keeps its columns without a time, a level or a service", () => {
    const bare = { ...record, time: null, level: 0, service: null, message: "started" };
    expect(rowAsText({ type: "record", record: bare }, "UTC")).toBe("\t\t\tstarted");
  });

  it("of an event says what kind it is", () => {
    expect(rowAsText({ type: "event", event: note }, "UTC")).toBe("2026-06-20 14:03:11.207 UTC\tNOTE\t\tpager");
  });

  it("as JSON has its time in UTC and its place", () => {
    expect(rowAsJson({ type: "record", record }, new Map([[3, "logs/app.jsonl"]]))).toEqual({
      time: "2026-06-20T14:03:11.207Z",
      kind: "log",
      level: "error",
      service: "checkout",
      message: "refused\n\tat Pool.take",
      source: "logs/app.jsonl",
      line: 8,
    });
  });
});
