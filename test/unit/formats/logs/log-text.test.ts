import { describe, expect, it } from "vitest";
import format from "../../../../src/main/engine/formats/logs/log-text.ts";
import { makeSample } from "../../../../src/main/engine/formats/sample.ts";
import { micros } from "../../../../src/shared/units.ts";
import { parse } from "../harness.ts";

const OPTIONS = { zone: "UTC", now: micros(Date.UTC(2026, 5, 30) * 1_000) };
const read = (text: string): ReturnType<typeof parse> =>
  parse(format, new TextEncoder().encode(text), OPTIONS, () => 4_096);

describe("text logs", () => {
  it("close a record after a thousand lines, so that text without times is not one giant record", () => {
    const { records, skipped } = read(`2024-06-12 10:00:00 INFO begin\n${"no time here\n".repeat(1_500)}`);
    expect({ records, skipped }).toEqual({ records: 1 + 501, skipped: 999 });
  });

  it("close a record after 256 KiB", () => {
    const wide = `${"x".repeat(64 * 1024)}\n`;
    const { records, skipped } = read(`2024-06-12 10:00:00 INFO begin\n${wide.repeat(6)}`);
    expect({ records, skipped }).toEqual({ records: 1 + 3, skipped: 3 });
  });

  it.each([
    ["a logger", "2024-06-12 10:00:00 INFO a", "::b"],
    ["a class", "2024-06-12 10:00:00 INFO [main] a", ".b"],
    ["structured data", "<34>1 2024-06-12T10:00:00Z host program 1 - ", "[a]"],
    ["a parameter", "<34>1 2024-06-12T10:00:00Z host program 1 - [", 'a="b" '],
    ["pairs", "2024-06-12 10:00:00 INFO ", "a=b "],
    ["blanks", "2024-06-12 10:00:00 INFO", " "],
  ])("read a line whose head goes on as %s for millions of characters", (_, start, more) => {
    const text = start + more.repeat(4_000_000 / more.length);
    const { records, lines } = read(`${text}\n`);
    expect(records).toBe(1);
    expect(lines[0]).toMatchObject({ time: "2024-06-12T10:00:00Z", length: text.length });
  });

  it("take the process that launchd speaks of for a part of the head", () => {
    const { lines } = read("Jul  3 23:16:10 book com.acme.launchd[1] (com.acme.worker[125]): Could not find uid: 0\n");
    expect(lines[0]).toMatchObject({ service: "com.acme.launchd", message: "Could not find uid: 0" });
  });

  it("are recognised when records are blocks of many lines, if the first line has a time", () => {
    const block = `2024-06-12 10:00:00 dump\n${"row of a table\n".repeat(30)}`;
    const sample = (text: string): unknown => format.detect(makeSample("x", new TextEncoder().encode(text), true));
    expect(sample(block.repeat(3))).toMatchObject({ confidence: expect.closeTo(0.56, 1) as number });
    expect(sample(`row of a table\n${block}`)).toBeNull();
  });
});
