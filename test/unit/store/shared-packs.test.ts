/** Small sources share packs of columns and of text; a reader sees of each what it would have had alone. */
import fc from "../../support/properties.ts";
import { describe, expect, it } from "vitest";
import { openCaseReader } from "../../../src/main/engine/store/case-reader.ts";
import type { CaseWriter } from "../../../src/main/engine/store/case-writer.ts";
import type { Batch, CaseReader, PackedRows, SharedPacks } from "../../../src/main/engine/store/protocol.ts";
import { compressBlock } from "../../../src/main/engine/store/raw-block.ts";
import { SegmentBuilder } from "../../../src/main/engine/store/segment/builder.ts";
import { SharedRows } from "../../../src/main/engine/store/segment/shared-rows.ts";
import { SharedTexts } from "../../../src/main/engine/store/shared-text.ts";
import type { RecordInput } from "../../../src/shared/model/record.ts";
import { DICTIONARY_COLUMNS } from "../../../src/shared/model/segment.ts";
import { failureOf, newCase, newSource, record } from "./support.ts";

interface Made {
  readonly rows: readonly Partial<RecordInput>[];
  readonly text: string;
  /** Whether it is given back, and nothing of it stored. */
  readonly isGivenBack: boolean;
}

const id = fc.constantFrom(null, "a", "b", "é", "a1b2c3d4", "x".repeat(80));
const row: fc.Arbitrary<Partial<RecordInput>> = fc.record(
  {
    time: fc.oneof(
      fc.constant(null),
      fc.record({
        micros: fc.integer({ min: 0, max: 2 ** 50 }),
        nanos: fc.constantFrom(0, 0, 0, 7),
        digits: fc.nat(9),
      }) as fc.Arbitrary<RecordInput["time"]>,
    ),
    service: id,
    traceId: id,
    name: id,
    duration: fc.double({ noNaN: true }),
    value: fc.double({ noNaN: true }),
    level: fc.constantFrom(0, 3, 5),
  },
  { requiredKeys: [] },
) as fc.Arbitrary<Partial<RecordInput>>;
const source: fc.Arbitrary<Made> = fc.record({
  rows: fc.array(row, { maxLength: 6 }),
  text: fc.string({ maxLength: 40 }),
  isGivenBack: fc.boolean(),
});

const counted = (records: number): Batch["change"] => ({
  accounting: { read: records, records, deadLetters: 0, skipped: 0, skippedWhy: {} },
});

/** As the thread that reads a lot does: what is given back was in the builder for a while. */
function together(sources: readonly Made[]): { parts: (Omit<Batch, "sourceId"> | null)[]; packs: SharedPacks } {
  const rows = new SharedRows(new SegmentBuilder());
  const texts = new SharedTexts();
  const parts = sources.map(({ rows: inputs, text, isGivenBack }) => {
    rows.rewind();
    texts.rewind();
    rows.clear();
    inputs.forEach((input, index) => rows.add(record(index, input), index * 10, 9, index + 1, `t${index % 2}`));
    const segments = rows.count > 0 ? [rows.encode()] : [];
    rows.clear();
    const half = text.length >> 1;
    texts.push(Buffer.from(text.slice(0, half)));
    texts.push(Buffer.from(text.slice(half)));
    const blocks = texts.flush();
    if (isGivenBack) return null;
    rows.keep();
    texts.keep();
    return { segments, blocks, deadLetters: [], change: counted(inputs.length) };
  });
  const columns = rows.take().map((pack): PackedRows => pack ?? { rows: 0, columns: [] });
  return { parts, packs: { columns, texts: texts.take() } };
}

function alone({ rows, text }: Made): Omit<Batch, "sourceId"> {
  const builder = new SegmentBuilder();
  rows.forEach((input, index) => builder.add(record(index, input), index * 10, 9, index + 1, `t${index % 2}`));
  const bytes = Buffer.from(text);
  return {
    segments: rows.length > 0 ? [builder.encode()] : [],
    blocks: bytes.length > 0 ? [compressBlock(0, bytes)] : [],
    deadLetters: [],
    change: counted(rows.length),
  };
}

const ofSource = (sourceId: number, part: Omit<Batch, "sourceId">): Batch => ({ ...part, sourceId });

const addAll = (writer: CaseWriter, count: number, prefix = ""): readonly number[] =>
  writer
    .addSources(Array.from({ length: count }, (_, index) => newSource(`${prefix}${index}.log`)))
    .added.map(({ sourceId }) => sourceId);

/** All that a reader gives of the sources, columns also asked for one by one. */
function seen(reader: CaseReader, ids: readonly number[]): unknown {
  const plain = (segmentId: number, name: (typeof DICTIONARY_COLUMNS)[number]) => {
    const column = reader.columns(segmentId, [name])[name];
    return column === null ? null : { dictionary: [...column.dictionary], index: column.index };
  };
  return ids.map((sourceId) => ({
    segments: reader
      .segments()
      .filter((segment) => segment.sourceId === sourceId)
      .map(({ id: segmentId, ...zone }) => {
        const { count, time, nanos, digits, duration, kind, level, value, offset, length, line } =
          reader.columns(segmentId);
        const numbers = { count, time, nanos, digits, duration, kind, level, value, offset, length, line };
        const texts = DICTIONARY_COLUMNS.map((name) => plain(segmentId, name));
        return { zone, numbers, texts, onlyTime: reader.columns(segmentId, ["time"]).time };
      }),
    text: Buffer.from(reader.raw(sourceId, 0, 1_000)).toString(),
    middle: Buffer.from(reader.raw(sourceId, 3, 5)).toString(),
    blocks: reader.rawPlaces(sourceId, 0, 1_000).map((place) => {
      const target = new Uint8Array(place.length);
      reader.rawInto(place, target);
      return Buffer.from(target).toString();
    }),
  }));
}

const several: readonly Made[] = [
  { rows: [{ service: "a" }, { service: "b" }], text: "one\n", isGivenBack: false },
  { rows: [{ service: "b", traceId: "t" }], text: "two\n", isGivenBack: false },
  { rows: [], text: "", isGivenBack: false },
];

describe("sources that share packs", () => {
  it("hold what each would have held alone, whatever was given back between them", () => {
    // One of each for all: to make a case takes longer than all else of this.
    const shared = newCase();
    const own = newCase();
    let run = 0;
    fc.assert(
      fc.property(fc.array(source, { minLength: 1, maxLength: 8 }), (sources) => {
        run += 1;
        const ids = addAll(shared.writer, sources.length, `${run}-`);
        expect(addAll(own.writer, sources.length, `${run}-`)).toEqual(ids);
        const { parts, packs } = together(sources);
        const isStorable = (part: Omit<Batch, "sourceId">): boolean =>
          part.segments.every((segment) => (packs.columns[segment.shared?.pack ?? -1]?.rows ?? 0) > 0);
        const stored = parts.flatMap((part, index) =>
          part !== null && isStorable(part) ? [{ ...part, sourceId: ids[index] ?? 0, index }] : [],
        );
        shared.writer.commitAll({ batches: stored, packs });
        for (const { sourceId, index } of stored) own.writer.commit({ ...alone(sources[index]!), sourceId });
        using sharedReader = openCaseReader(shared.file);
        using ownReader = openCaseReader(own.file);
        expect(seen(sharedReader, ids)).toEqual(seen(ownReader, ids));
      }),
      { numRuns: 60 },
    );
    // Sixty pairs of cases on a real disk, on a machine that may do other things too.
  }, 60_000);

  it("lie in one row a pack, and cost none of their own", () => {
    const { writer } = newCase();
    const ids = addAll(writer, 3);
    const { parts, packs } = together(several);
    writer.commitAll({ batches: parts.map((part, index) => ofSource(ids[index]!, part!)), packs });
    const count = (table: string) => writer.db.prepare(`SELECT COUNT(*) FROM ${table}`).pluck().get();
    expect(["segment", "segment_column", "column_pack", "pack_column", "text_pack"].map(count)).toEqual([
      2, 0, 1, 1, 1,
    ]);
  });

  it("leave a pack one by one, and the last takes it along", () => {
    const { file, writer } = newCase();
    const [first = 0, second = 0] = addAll(writer, 3);
    const { parts, packs } = together(several);
    const batches = [first, second].map((sourceId, index) => ofSource(sourceId, parts[index]!));
    writer.commitAll({ batches, packs });
    writer.clearSource({ sourceId: first });
    using reader = openCaseReader(file);
    expect(Buffer.from(reader.raw(second, 0, 9)).toString()).toBe("two\n");
    expect(reader.columns(reader.segments()[0]!.id).service?.dictionary).toEqual(["b"]);
    writer.clearSource({ sourceId: second });
    const left = writer.db.prepare("SELECT (SELECT COUNT(*) FROM pack_column) + (SELECT COUNT(*) FROM text_pack)");
    expect(left.pluck().get()).toBe(0);
  });

  it("are not stored without the pack that they lie in, nor is anything that came with them", () => {
    const { writer } = newCase();
    const [sourceId = 0] = addAll(writer, 1);
    const { parts } = together(several);
    expect(() => writer.commitAll({ batches: [{ ...parts[0]!, sourceId }] })).toThrow(/did not come with it/);
    expect(writer.db.prepare("SELECT COUNT(*) FROM segment").pluck().get()).toBe(0);
  });

  it("are given back where texts that were taken back outnumber the rows, which a reader would take for damage", () => {
    const rows = new SharedRows(new SegmentBuilder());
    rows.rewind();
    for (let index = 0; index < 9; index += 1) rows.add(record(index, { traceId: `t${index}` }), 0, 1, 1, null);
    rows.rewind();
    rows.add(record(0), 0, 1, 1, null);
    rows.encode();
    rows.keep();
    expect(rows.take()).toEqual([null]);
  });

  it.each([
    ["the columns", "UPDATE pack_column SET data = zeroblob(length(data))", "wrong checksum"],
    ["the text", "UPDATE text_pack SET data = zeroblob(length(data))", "its checksum is wrong"],
    ["the place of the columns", "UPDATE segment SET pack_row = 7", "lies at rows 7 to"],
    ["the place of the text", "UPDATE raw_block SET pack_offset = 70", "lies at bytes 70 to"],
    ["the length of the text", "UPDATE text_pack SET byte_length = 1e12", "says that it is 1000000000000 bytes long"],
  ])("say which source is damaged where %s are", (_, damage, message) => {
    const { file, writer } = newCase();
    const [sourceId = 0] = addAll(writer, 1);
    const { parts, packs } = together(several);
    writer.commitAll({ batches: [{ ...parts[0]!, sourceId }], packs });
    writer.db.exec(damage);
    using reader = openCaseReader(file);
    const failure = failureOf(() => [reader.columns(1), reader.raw(sourceId, 0, 4)]);
    expect(failure.reason).toBe("damaged-case");
    expect(failure.message).toContain(message);
  });
});
