import { describe, expect, it } from "vitest";
import { formatById, formats } from "../../../../src/main/engine/formats/registry.ts";
import { checkEncoding, toUtf8 } from "../../../../src/main/engine/ingest/replay/encoding.ts";
import { preview } from "../../../../src/main/engine/ingest/replay/preview.ts";
import { readLetter, withPlace } from "../../../../src/main/engine/ingest/replay/read-letter.ts";
import type { Format } from "../../../../src/main/engine/formats/format.ts";
import { micros } from "../../../../src/shared/units.ts";

const options = { zone: "UTC", now: micros(1_800_000_000_000_000) };
const format = (id: string): Format => {
  const found = formatById(id);
  if (found === undefined) throw new Error(`no format ${id}`);
  return found;
};
const read = (id: string, text: string, more: { head?: string; reason?: string; message?: string } = {}) =>
  readLetter(format(id), options, {
    text: Buffer.from(text),
    head: Buffer.from(more.head ?? ""),
    around: null,
    reason: more.reason ?? "",
    message: more.message ?? "",
  });

describe("reading a letter alone", () => {
  it("gives the places in its own text, whatever stood before it", () => {
    const { records, faults } = read(
      "csv-metrics-long",
      "2026-03-01T10:00:00Z,pay,rps,3\nbad row\n2026-03-01T10:00:01Z,pay,rps,4",
      {
        head: "\ufeff\r\ntimestamp,service,metric,value\r\n2026-03-01T09:00:00Z,pay,rps,1\r\n",
      },
    );
    expect(records.map(({ offset, length, line }) => [offset, length, line])).toEqual([
      [0, 30, 1],
      [39, 30, 3],
    ]);
    expect(faults).toMatchObject([{ offset: 31, length: 7, line: 2 }]);
    expect(faults[0]?.message).toMatch(/^Line 2 at byte 31 /u);
  });

  it("counts what stands around it for nothing", () => {
    const { records, skippedWhy } = read("csv-metrics-long", "2026-03-01T10:00:00Z,pay,rps,3", {
      head: "timestamp,service,metric,value\n",
    });
    expect(records).toHaveLength(1);
    expect(skippedWhy).toEqual({});
  });

  it("reads its dates in the order that its source has them in", () => {
    const head = "03/11/2026 10:00:00 a\n25/11/2026 10:00:00 b\n";
    const { records } = read("text", "04/11/2026 10:00:00 c\n", { head });
    expect(records.map(({ input }) => input.time?.micros)).toEqual([Date.UTC(2026, 10, 4, 10) * 1_000]);
  });

  it("takes only the cell that was wrong of a row whose other cells are records", () => {
    const message = 'Line 3 at byte 50 has no number in column "memory".';
    const { records, faults } = read("csv-metrics-wide", "2026-03-01T10:00:00Z,1,2,x", {
      head: "time,cpu,memory,disk\n",
      reason: "no-value",
      message,
    });
    expect(records.map(({ input }) => [input.name, input.value])).toEqual([["memory", 2]]);
    expect(faults).toEqual([]);
  });

  it("reads a record of OpenTelemetry outside of its document", () => {
    const log = JSON.stringify({ timeUnixNano: "1772360000000000000", body: { stringValue: "mended" } });
    const { records } = read("otlp-json", log, { head: '{"resourceLogs":[{"scopeLogs"' });
    expect(records).toMatchObject([{ input: { kind: "log" }, offset: 0, length: log.length }]);
    const span = JSON.stringify({
      traceId: "0af7651916cd43dd8448eb211c80319c",
      spanId: "b7ad6b7169203331",
      name: "GET /",
      startTimeUnixNano: "1772360000000000000",
      endTimeUnixNano: "1772360000001000000",
    });
    expect(read("otlp-json", span, { head: '{"resourceSpans":[' }).records).toMatchObject([
      { input: { kind: "span" } },
    ]);
  });

  it("takes whatever text, in every format, without throwing", () => {
    const texts = [
      "",
      "\n",
      "\0",
      "{",
      "]]]]",
      "\ufeff",
      '{"a":',
      "<",
      "a,b,c",
      "\u2028".repeat(10),
      "}".repeat(1_000),
    ];
    for (const each of formats) {
      for (const text of texts) {
        const { records, faults } = readLetter(each, options, {
          text: Buffer.from(text),
          head: Buffer.from(text),
          around: { before: text, after: text },
          reason: "no-value",
          message: text,
        });
        const length = Buffer.byteLength(text);
        for (const place of [...records, ...faults]) {
          expect(place.offset + place.length).toBeLessThanOrEqual(length);
          expect(place.line).toBeGreaterThan(0);
        }
      }
    }
  });

  it("says what a format that throws did, as a fault of the letter", () => {
    const throwing: Format = {
      ...format("plain-text"),
      parser: () => {
        throw new Error("out of luck");
      },
    };
    const { faults } = readLetter(throwing, options, {
      text: Buffer.from("x"),
      head: Buffer.alloc(0),
      around: null,
      reason: "",
      message: "",
    });
    expect(faults).toMatchObject([
      { reason: "parser-failed", message: expect.stringMatching(/out of luck/u) as string },
    ]);
  });
});

describe("the place in a message", () => {
  it("moves with the text, and other numbers stay", () => {
    const from = { line: 1, offset: 0, message: "Line 1 at byte 0 is line 1 of 10 bytes" };
    expect(withPlace(from, { line: 41, offset: 900 })).toBe("Line 41 at byte 900 is line 1 of 10 bytes");
    expect(withPlace({ ...from, line: 2 }, { line: 9, offset: 0 })).toBe(from.message);
  });
});

describe("a preview", () => {
  it("shows the first records and counts the rest", () => {
    const text = Buffer.from("word\n".repeat(50));
    const shown = preview({
      ...options,
      format: "plain-text",
      encoding: null,
      head: text,
      around: null,
      reason: "",
      message: "",
      text,
    });
    expect([shown.records.length, shown.recordCount, shown.faultCount]).toEqual([20, 50, 0]);
    expect(shown.records[0]).toMatchObject({ message: "word", time: null, kind: "text" });
  });

  it("reads other encodings", () => {
    const text = Buffer.from("Gr\u00fc\u00dfe\n", "utf16le");
    const request = { ...options, format: "plain-text", head: text, around: null, reason: "", message: "", text };
    expect(preview({ ...request, encoding: "utf-16le" }).records).toMatchObject([{ message: "Gr\u00fc\u00dfe" }]);
    expect(Buffer.from(toUtf8(Buffer.from("Z\u00fcrich", "latin1"), "windows-1252")).toString()).toBe("Z\u00fcrich");
    expect(() => checkEncoding("klingon")).toThrow(/"klingon" is not known/u);
  });
});
