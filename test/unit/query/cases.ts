// Cases for tests, written by the store's own writer into real files. The records are JSON lines and one stub of a
// format reads them, so that the questions are tested apart from the formats.
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { onTestFinished } from "vitest";
import type { Format } from "../../../src/main/engine/formats/format.ts";
import { RecordTemplates } from "../../../src/main/engine/ingest/record-templates.ts";
import { caseTables } from "../../../src/main/engine/query/case-tables.ts";
import { OpenCase } from "../../../src/main/engine/query/open-case.ts";
import { openCaseReader } from "../../../src/main/engine/store/case-reader.ts";
import type { CaseWriter } from "../../../src/main/engine/store/case-writer.ts";
import { openCaseWriter } from "../../../src/main/engine/store/open-case-writer.ts";
import { RawBlockCutter } from "../../../src/main/engine/store/raw-block.ts";
import { SegmentBuilder } from "../../../src/main/engine/store/segment/builder.ts";
import type { NewEvent } from "../../../src/shared/model/event.ts";
import type { RecordInput } from "../../../src/shared/model/record.ts";
import { micros } from "../../../src/shared/units.ts";
import { manualEvent } from "../../support/manual-event.ts";

export interface TestRecord extends Partial<RecordInput> {
  /** The line itself; without one the record is written as JSON. */
  readonly raw?: string;
  /** Where the record stands, when it is not just its own line: formats of nested documents overlap. */
  readonly place?: { readonly offset: number; readonly length: number };
  readonly fields?: Readonly<Record<string, string | number | boolean | null>>;
}

export type TestEvent = Partial<Omit<NewEvent, "time">> & { readonly time: number };

export const jsonStub: Format = {
  id: "json-stub",
  title: "JSON lines of tests",
  version: 1,
  unit: "line",
  detect: () => null,
  parser: () => {
    throw new Error("the tests write records themselves");
  },
  decode: (raw) => {
    const value = JSON.parse(Buffer.from(raw).toString()) as Record<string, string | number | boolean | null>;
    return { message: String(value["message"]), fields: Object.entries(value) };
  },
};

export class TestCase implements Disposable {
  readonly folder = mkdtempSync(join(tmpdir(), "faultline-query-"));
  readonly file = join(this.folder, "test.faultline");
  readonly writer: CaseWriter = openCaseWriter({ file: this.file, create: true, title: "Test" });
  readonly #offsets = new Map<number, number>();
  readonly #read = new Map<number, number>();
  #opened: OpenCase[] = [];

  source(path: string, format: string | null = jsonStub.id): number {
    const { sourceId } = this.writer.addSource({ path, connector: "file", zone: "UTC", bytes: 1, identity: path });
    this.writer.changeSource({ sourceId, change: { format, state: "done" } });
    return sourceId;
  }

  /** Commits the records as one or, with a segment size, several segments. */
  add(sourceId: number, records: readonly TestRecord[], segmentRows = 1_000): void {
    const start = this.#offsets.get(sourceId) ?? 0;
    const cutter = new RawBlockCutter(start);
    const builder = new SegmentBuilder();
    const templates = new RecordTemplates();
    const segments = [];
    const blocks = [];
    let offset = start;
    let inSegment = 0;
    for (const [i, record] of records.entries()) {
      const line = Buffer.from(textOf(record));
      const place = record.place ?? { offset, length: line.length };
      const input = inputOf(record);
      builder.add(input, place.offset, place.length, i + 1, templates.of(input));
      blocks.push(...cutter.push(Buffer.concat([line, Buffer.from("\n")])));
      offset += line.length + 1;
      inSegment += 1;
      if (inSegment < segmentRows && i + 1 < records.length) continue;
      segments.push(builder.encode());
      builder.clear();
      inSegment = 0;
    }
    blocks.push(...cutter.flush());
    this.#offsets.set(sourceId, offset);
    const read = (this.#read.get(sourceId) ?? 0) + records.length;
    this.#read.set(sourceId, read);
    const accounting = { read, records: read, deadLetters: 0, skipped: 0, skippedWhy: {} };
    this.writer.commit({ sourceId, segments, blocks, deadLetters: [], change: { accounting } });
  }

  clear(sourceId: number): void {
    this.writer.clearSource({ sourceId });
    this.writer.changeSource({ sourceId, change: { format: jsonStub.id } });
    this.#offsets.delete(sourceId);
    this.#read.delete(sourceId);
  }

  event(event: TestEvent): number {
    return this.writer.createEvent({ event: newEvent(event) }).event.id;
  }

  /** Reads the case through a connection of its own, up to date. */
  open(formats: readonly Format[] = [jsonStub]): OpenCase {
    const open = this.openUnread(formats);
    open.refresh(() => {});
    return open;
  }

  /** As the reader has it before its first question. */
  openUnread(formats: readonly Format[] = [jsonStub]): OpenCase {
    const reader = openCaseReader(this.file);
    const open = new OpenCase(this.file, reader, caseTables(reader.db), (id) =>
      formats.find((format) => format.id === id),
    );
    this.#opened.push(open);
    return open;
  }

  [Symbol.dispose](): void {
    for (const open of this.#opened) open[Symbol.dispose]();
    this.#opened = [];
    this.writer[Symbol.dispose]();
    rmSync(this.folder, { recursive: true, force: true });
  }
}

export function testCase(): TestCase {
  const made = new TestCase();
  onTestFinished(() => made[Symbol.dispose]());
  return made;
}

export const textOf = (record: TestRecord): string =>
  record.raw ?? JSON.stringify({ message: record.message ?? "", ...record.fields });

export const at = (time: number): RecordInput["time"] => ({ micros: micros(time), nanos: 0, digits: 6 });

function inputOf({ raw: _raw, fields: _fields, place: _place, ...record }: TestRecord): RecordInput {
  return { kind: "log", time: null, level: 0, service: null, message: "", ...record };
}

let events = 0;
function newEvent(event: TestEvent): NewEvent {
  events += 1;
  return manualEvent({ fingerprint: `test:${events}`, ...event, time: micros(event.time) });
}

export const everything = { filter: "", from: null, to: null, samples: true } as const;
export const noCheck = (): void => {};
