/** What a format hands over as slices of its bytes is stored as the strings that they stand for. */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import type { Format, RecordSink } from "../../../src/main/engine/formats/format.ts";
import { formatById } from "../../../src/main/engine/formats/registry.ts";
import { RecordCollector } from "../../../src/main/engine/ingest/record-collector.ts";
import { RecordTemplates } from "../../../src/main/engine/ingest/record-templates.ts";
import type { EncodedSegment } from "../../../src/main/engine/store/protocol.ts";
import { SegmentBuilder } from "../../../src/main/engine/store/segment/builder.ts";
import { micros } from "../../../src/shared/units.ts";

const FIXTURES = join(import.meta.dirname, "../../fixtures/formats");
const OPTIONS = { zone: "Europe/Berlin", now: micros(Date.UTC(2026, 5, 30) * 1_000) };
/** Shapes of lines are learned only once a source has had some. */
const REPEATS = 200;

const builder = new SegmentBuilder();

function segmentsOf(format: Format, bytes: Uint8Array, sinkOf: (collector: RecordCollector) => RecordSink) {
  const collector = new RecordCollector({ builder, templates: new RecordTemplates() }, { offset: 0, line: 0 });
  const parser = format.parser(OPTIONS, sinkOf(collector));
  for (let at = 0; at < bytes.length; at += 4_096) {
    // Whoever owns the bytes may overwrite them once they are read.
    const chunk = bytes.slice(at, at + 4_096);
    parser.push(chunk);
    chunk.fill(0x21);
  }
  parser.end();
  return collector.take().segments;
}

/** The same, by a sink that takes only records that it may keep. */
function keeping(collector: RecordCollector): RecordSink {
  return {
    read: (units) => collector.read(units),
    record: (input, offset, length, line) => collector.record(input, offset, length, line),
    deadLetter: (letter) => collector.deadLetter(letter),
    skip: (reason, units) => collector.skip(reason, units),
    warn: (key, message) => collector.warn(key, message),
    tests: (totals) => collector.tests(totals),
  };
}

const inputs = ["json-lines", "logfmt"].flatMap((id) =>
  readdirSync(join(FIXTURES, id)).map((name) => {
    const folder = join(FIXTURES, id, name);
    const file = readdirSync(folder).find((entry) => entry.startsWith("input.")) ?? "";
    return { id, name, file: join(folder, file) };
  }),
);

it.each(inputs)("$id/$name is stored alike", ({ id, file }) => {
  const format = formatById(id);
  if (format === undefined) throw new Error(`no format "${id}" is registered`);
  const text = readFileSync(file, "utf8").replace(/\n?$/, "\n");
  const bytes = new Uint8Array(Buffer.from(text.repeat(Math.ceil(REPEATS / text.split("\n").length) + 2)));
  const viewed: readonly EncodedSegment[] = segmentsOf(format, bytes, (collector) => collector);
  expect(viewed).toEqual(segmentsOf(format, bytes, keeping));
  expect(viewed.reduce((sum, { count }) => sum + count, 0)).toBeGreaterThan(0);
});
