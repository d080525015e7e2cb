import { describe, expect, it } from "vitest";
import type { ParseOptions } from "../../../../../src/main/engine/formats/format.ts";
import { formatById } from "../../../../../src/main/engine/formats/registry.ts";
import { dayInName } from "../../../../../src/main/engine/formats/support/time/undated-days.ts";
import { formatTimestamp } from "../../../../../src/shared/time-text.ts";
import { micros } from "../../../../../src/shared/units.ts";

const NOW = micros(Date.UTC(2026, 5, 12, 12) * 1_000);
const DAY_MS = 86_400_000;

/** The times of the records of a text log, and what was said of the whole. */
function read(lines: readonly string[], options: Partial<ParseOptions> = {}) {
  const times: (string | null)[] = [];
  const said = new Map<string, string>();
  const parser = formatById("text")?.parser(
    { zone: "UTC", now: NOW, ...options },
    {
      read: () => {},
      record: ({ time }) => times.push(time === null ? null : formatTimestamp(time.micros, time.nanos, time.digits)),
      deadLetter: () => {},
      skip: () => {},
      warn: (key, message) => said.has(key) || said.set(key, message),
      tests: () => {},
    },
  );
  parser?.push(Buffer.from(lines.join("\n")));
  parser?.end();
  return { times, said, place: parser?.timePlace };
}

describe("the day of lines that state a time of day alone", () => {
  it.each([
    ["app-2026-11-22.log", "2026-11-22"],
    ["logs.tar.gz!/app.log.20261122", "2026-11-22"],
    ["app_20261122-101532.log", "2026-11-22"],
    ["app_20261122101532.log", "2026-11-22"],
    ["2026-11-21/app-2026_11_22.log", "2026-11-22"],
    ["2026-11-22/app.log", "2026-11-22"],
    ["app-2026-13-22.log", null],
    ["app-2026-02-30.log", null],
    ["build-1202611223.log", null],
    ["202611221.log", null],
    ["app.log", null],
  ])("is read from the name %s as %s", (name, day) => {
    const found = dayInName(name);
    expect(found === null ? null : new Date(found * DAY_MS).toISOString().slice(0, 10)).toBe(day);
  });

  it("is that of the name, and the next one behind each midnight", () => {
    const { times, said, place } = read(
      [
        "10:15:32.123 ERROR boom",
        "\tat a.b",
        "23:59:59 INFO late",
        "00:00:01 INFO next",
        "23:59:59 INFO a late thread",
        "00:00:02 INFO on",
      ],
      { name: "app-2026-11-22.log" },
    );
    expect(times).toEqual([
      "2026-11-22T10:15:32.123Z",
      "2026-11-22T23:59:59Z",
      "2026-11-23T00:00:01Z",
      "2026-11-22T23:59:59Z",
      "2026-11-23T00:00:02Z",
    ]);
    expect(said.get("assumed-day")).toContain("2026-11-22, was taken from the name of the file");
    // What a line becomes depends on those before it: the source is not cut.
    expect(place).toBeNull();
  });

  it("is that of a line which states one, from there on", () => {
    const lines = [
      "23:00:00 INFO a",
      "2026-06-10 00:00:00 INFO a new day",
      "01:00:00 INFO b",
      "2026-06-11 09:00:00 INFO c",
      "09:30:00 INFO d",
    ];
    expect(read(lines).times).toEqual([
      null,
      "2026-06-10T00:00:00Z",
      "2026-06-10T01:00:00Z",
      "2026-06-11T09:00:00Z",
      "2026-06-11T09:30:00Z",
    ]);
  });

  it("is that of a header above, whatever the name says, and anew with each header", () => {
    const { times, said } = read(
      [
        "#Version: 1.0",
        "#Date: 2011-06-28 16:44:49",
        "#Fields: time c-ip",
        "16:44:49 10.0.0.1",
        "00:00:02 10.0.0.1",
        "#Date: 2011-07-02",
        "00:00:03 10.0.0.1",
      ],
      { name: "app-2026-11-22.log" },
    );
    expect(times).toEqual(["2011-06-28T16:44:49Z", "2011-06-29T00:00:02Z", "2011-07-02T00:00:03Z"]);
    expect(said.get("assumed-day")).toContain("from the header above them");
  });

  it("is that of the last change where nothing else tells, or the day before when the clock is later", () => {
    const today = read(["10:00:00 INFO a"], { isModified: true });
    expect(today.times).toEqual(["2026-06-12T10:00:00Z"]);
    expect(today.said.get("assumed-day")).toContain("from when the file was last changed");
    expect(read(["13:00:00 INFO a", "01:00:00 INFO b"], { isModified: true }).times).toEqual([
      "2026-06-11T13:00:00Z",
      "2026-06-12T01:00:00Z",
    ]);
  });

  it("is none beyond the last change, nor where nothing tells it, and says so", () => {
    const beyond = read(["10:00:00 INFO a", "02:00:00 INFO b"], { isModified: true });
    expect(beyond.times).toEqual(["2026-06-12T10:00:00Z", null]);
    expect(beyond.said.has("too-many-midnights")).toBe(true);
    const unknown = read(["10:00:00 INFO a"]);
    expect(unknown.times).toEqual([null]);
    expect(unknown.said.get("no-day")).toContain("Write the day into the file's name");
  });

  it("is in the zone of the source", () => {
    expect(read(["00:30:00 INFO a"], { zone: "Europe/Berlin", name: "app-2026-06-12.log" }).times).toEqual([
      "2026-06-11T22:30:00Z",
    ]);
  });

  it("is not looked for in a source whose first times state theirs, nor in the middle of one", () => {
    const dated = Array.from({ length: 20 }, (_, index) => `2026-06-12 10:00:${index + 10} INFO a`);
    const { times, place } = read([...dated, "10:15:00 INFO b"], { name: "app-2026-11-22.log" });
    expect(times.at(-1)).toBeNull();
    expect(place).toBe("leading");
    expect(read(["10:00:00 INFO a"], { name: "app-2026-11-22.log", from: { offset: 9, line: 1 } }).times).toEqual([
      null,
    ]);
  });
});
