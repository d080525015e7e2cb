import { existsSync, statSync, watch, writeFileSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { describe, expect, it, onTestFinished, vi } from "vitest";
import { openCaseReader } from "../../../src/main/engine/store/case-reader.ts";
import { openCaseWriter } from "../../../src/main/engine/store/open-case-writer.ts";
import { compressBlock } from "../../../src/main/engine/store/raw-block.ts";
import { textAt } from "../../../src/shared/model/segment.ts";
import { batchOf, failureOf, newCase, newEvent, newSource, temporaryFolder, T0 } from "./support.ts";

describe("a case", () => {
  it("gives back the records and the text of a commit to a reader that was open before", () => {
    const { file, writer } = newCase();
    const { sourceId } = writer.addSource(newSource());
    using reader = openCaseReader(file);
    expect(reader.title()).toBe("checkout outage");
    const before = reader.revision();
    writer.commit(batchOf(sourceId, 1_000));
    expect(reader.revision()).toBe(before + 1);
    const [segment] = reader.segments();
    expect(segment).toMatchObject({ count: 1_000, sourceId, firstTime: T0, lastTime: T0 + 999, levels: 8, kinds: 1 });
    const columns = reader.columns(segment!.id);
    expect(textAt(columns.service, 7)).toBe("checkout");
    const at = columns.offset[512]!;
    expect(Buffer.from(reader.raw(sourceId, at, columns.length[512]!)).toString()).toBe("line 512");
    expect(reader.sources()[0]).toMatchObject({
      records: 1_000,
      read: 1_000,
      from: T0,
      to: T0 + 999,
      state: "waiting",
    });
  });

  it("reads only the columns that are named", () => {
    const { file, writer } = newCase();
    const { sourceId } = writer.addSource(newSource());
    writer.commit(batchOf(sourceId, 10));
    using reader = openCaseReader(file);
    const columns = reader.columns(1, ["time", "service"]);
    expect(columns.time.length).toBe(10);
    expect([columns.level.length, columns.template]).toStrictEqual([0, null]);
    expect(textAt(columns.service, 0)).toBe("checkout");
  });

  it("reads a range across blocks, and less where the stream ends", () => {
    const { file, writer } = newCase();
    const { sourceId } = writer.addSource(newSource());
    const blocks = ["abcd", "efgh", "ij"].map((text, index) => compressBlock(index * 4, Buffer.from(text)));
    writer.commit({ ...batchOf(sourceId, 0), blocks });
    using reader = openCaseReader(file);
    const text = (offset: number, length: number) => Buffer.from(reader.raw(sourceId, offset, length)).toString();
    expect([text(0, 10), text(3, 6), text(4, 4), text(9, 100), text(10, 5), text(2, 0)]).toStrictEqual([
      "abcdefghij",
      "defghi",
      "efgh",
      "j",
      "",
      "",
    ]);
    expect([...reader.rawBlocks(sourceId, 5, 9)].map(({ offset }) => offset)).toStrictEqual([4, 8]);
    expect([...reader.rawBlocks(sourceId)].map(({ bytes }) => Buffer.from(bytes).toString()).join("")).toBe(
      "abcdefghij",
    );
  });

  it("refuses text with a hole", () => {
    const { writer } = newCase();
    const { sourceId } = writer.addSource(newSource());
    const hole = { ...batchOf(sourceId, 0), blocks: [compressBlock(5, Buffer.from("x"))] };
    expect(() => writer.commit(hole)).toThrow(/starts at 5, the text so far ends at 0/);
  });

  it("clears a source and never gives its segment ids again", () => {
    const { file, writer } = newCase();
    const { sourceId } = writer.addSource(newSource());
    writer.commit(batchOf(sourceId, 5));
    using reader = openCaseReader(file);
    expect(Buffer.from(reader.raw(sourceId, 0, 6)).toString()).toBe("line 0");
    writer.clearSource({ sourceId });
    expect([reader.segments(), reader.raw(sourceId, 0, 6).length]).toStrictEqual([[], 0]);
    expect(reader.sources()[0]).toMatchObject({ state: "waiting", read: 0, records: 0, from: null, path: "app.jsonl" });
    writer.commit(batchOf(sourceId, 5));
    expect(reader.segments().map(({ id }) => id)).toStrictEqual([2]);
  });

  it("does not read a path again that is there unchanged", () => {
    const { writer } = newCase();
    const { sourceId } = writer.addSource(newSource());
    writer.commit(batchOf(sourceId, 5));
    writer.changeSource({ sourceId, change: { state: "done" } });
    expect(writer.addSource(newSource())).toMatchObject({ sourceId, unchanged: true });
    expect(writer.addSource(newSource("app.jsonl", "2"))).toMatchObject({ sourceId, unchanged: false });
    writer.commit(batchOf(sourceId, 3));
    // Read only in part: once more from the start.
    expect(writer.addSource(newSource("app.jsonl", "2"))).toMatchObject({ sourceId, unchanged: false });
  });

  it.each([
    ["read", { read: 6 }, /6 units were read, but 5 records/],
    ["records", { read: 6, records: 6 }, /6 records are counted, but 5 are stored/],
    ["dead letters", { read: 6, deadLetters: 1 }, /1 dead letters are counted, but 0 are stored/],
    ["reasons", { read: 6, skipped: 1 }, /1 units were skipped, but 0 of them for a stated reason/],
  ])("refuses a commit whose %s do not add up, and stores nothing of it", (_, wrong, message) => {
    const { file, writer } = newCase();
    const { sourceId } = writer.addSource(newSource());
    const batch = batchOf(sourceId, 5);
    const revision = writer.revision();
    const change = { accounting: { ...batch.change.accounting!, ...wrong } };
    const failure = failureOf(() => writer.commit({ ...batch, change }));
    expect(failure).toMatchObject({ reason: "accounting", message: expect.stringMatching(message) });
    using reader = openCaseReader(file);
    expect([reader.segments().length, reader.revision()]).toStrictEqual([0, revision]);
  });

  it("tells a second writer by name that the case is in use, and lets it in afterwards", () => {
    const { file, writer } = newCase();
    const again = () => openCaseWriter({ file, create: false, title: "" });
    expect(failureOf(again)).toMatchObject({ reason: "case-in-use", message: expect.stringContaining(file) });
    writer[Symbol.dispose]();
    using second = again();
    expect(second.revision()).toBe(1);
  });

  it.runIf(process.platform === "linux")("never has a journal that a kill would leave to be rolled back", async () => {
    const { file, writer } = newCase();
    const made = new Set<string | null>();
    const watcher = watch(dirname(file), (_event, name) => made.add(name));
    onTestFinished(() => watcher.close());
    writer.addSource(newSource());
    writer[Symbol.dispose]();
    openCaseWriter({ file, create: false, title: "" })[Symbol.dispose]();
    const next = join(dirname(file), "next.faultline");
    openCaseWriter({ file: next, create: true, title: "" })[Symbol.dispose]();
    writeFileSync(`${file}.seen`, "");
    await vi.waitFor(() => expect(made).toContain(`${basename(file)}.seen`));
    expect(made).toContain(`${basename(file)}-wal`);
    expect([...made].filter((name) => name?.endsWith("-journal") === true && !name.includes("-lock"))).toStrictEqual(
      [],
    );
  });

  it("says whether it was made when it was opened, and what it holds of sources", () => {
    const { file, writer } = newCase();
    writer.addSource(newSource());
    expect([writer.isNew, writer.sources().length]).toStrictEqual([true, 1]);
    writer[Symbol.dispose]();
    using again = openCaseWriter({ file, create: true, title: "" });
    expect([again.isNew, again.sources().length]).toStrictEqual([false, 1]);
  });

  it("is one file once it is closed", () => {
    const { file, writer } = newCase();
    writer.addSource(newSource());
    writer[Symbol.dispose]();
    expect(["-wal", "-shm", "-lock", "-journal", ".new"].filter((end) => existsSync(file + end))).toStrictEqual([]);
    using reader = openCaseReader(file);
    expect(reader.sources().length).toBe(1);
  });

  it("copies itself whole while it is open, and overwrites nothing", () => {
    const { file, writer } = newCase();
    const { sourceId } = writer.addSource(newSource());
    writer.commit(batchOf(sourceId, 50));
    const copy = join(temporaryFolder(), "copy.faultline");
    writer.copyTo({ file: copy });
    using reader = openCaseReader(copy);
    expect(Buffer.from(reader.raw(sourceId, 0, 6)).toString()).toBe("line 0");
    expect(failureOf(() => writer.copyTo({ file: copy })).reason).toBe("exists");
    expect(failureOf(() => writer.copyTo({ file })).reason).toBe("exists");
    expect(failureOf(() => writer.copyTo({ file: join(copy, "nowhere.faultline") })).reason).toBe("unreadable");
  });

  it("says that the disk is full, and keeps what was committed", () => {
    const { file, writer } = newCase();
    const { sourceId } = writer.addSource(newSource());
    writer.commit(batchOf(sourceId, 5));
    writer.db.pragma(`max_page_count = ${Number(writer.db.pragma("page_count", { simple: true })) + 2}`);
    const noise = compressBlock(35, crypto.getRandomValues(new Uint8Array(65_536)));
    const failure = failureOf(() => writer.commit({ ...batchOf(sourceId, 0, 5), blocks: [noise] }));
    expect(failure).toMatchObject({ reason: "disk-full", message: expect.stringContaining("Free some space") });
    using reader = openCaseReader(file);
    expect(reader.sources()[0]?.records).toBe(5);
  });

  it("says of sources that were left half read that they are, once", () => {
    const { writer } = newCase();
    const states = ["waiting", "reading", "paused", "done"] as const;
    for (const state of states) {
      const { sourceId } = writer.addSource(newSource(state));
      writer.changeSource({ sourceId, change: { state, messages: ["as it was"] } });
    }
    const { revision } = writer.interruptSources({ message: "it ended" });
    const left = ["as it was", "it ended"];
    expect(writer.sources().map(({ state, messages }) => ({ state, messages }))).toStrictEqual([
      { state: "cancelled", messages: left },
      { state: "cancelled", messages: left },
      { state: "cancelled", messages: left },
      { state: "done", messages: ["as it was"] },
    ]);
    expect(writer.interruptSources({ message: "again" })).toStrictEqual({ interrupted: 0, revision });
  });

  it("names the segment and the file when a column is damaged", () => {
    const { file, writer } = newCase();
    const { sourceId } = writer.addSource(newSource());
    writer.commit(batchOf(sourceId, 20_000));
    writer.db.prepare("UPDATE segment_column SET data = zeroblob(length(data)) WHERE name = 'service'").run();
    writer.db.prepare("UPDATE raw_block SET data = zeroblob(length(data))").run();
    using reader = openCaseReader(file);
    const failure = failureOf(() => reader.columns(1));
    expect(failure.reason).toBe("damaged-case");
    expect(failure.message).toContain(`${file} is damaged: segment 1, column service`);
    expect(failureOf(() => reader.raw(sourceId, 0, 4)).message).toContain(`the text of source ${sourceId} at byte 0`);
    expect(reader.columns(1, ["time"]).time[0]).toBe(T0);
  });

  it.each(["tried", "messages", "skipped_why", "tests"])(
    "names the file when the %s of a source are damaged",
    (column) => {
      const { file, writer } = newCase();
      writer.addSource(newSource());
      writer.db.prepare(`UPDATE source SET ${column} = '["a" "b"]'`).run();
      using reader = openCaseReader(file);
      for (const failure of [failureOf(() => reader.sources()), failureOf(() => writer.sources())]) {
        expect(failure.reason).toBe("damaged-case");
        expect(failure.message).toContain(`${file} is damaged: a row of it cannot be read`);
      }
    },
  );

  it("names the segment and the file when the pack of a small segment is damaged", () => {
    const { file, writer } = newCase();
    const { sourceId } = writer.addSource(newSource());
    writer.commit(batchOf(sourceId, 50));
    writer.db.prepare("UPDATE segment_column SET data = zeroblob(length(data))").run();
    using reader = openCaseReader(file);
    expect(failureOf(() => reader.columns(1, ["time"])).message).toContain(
      `${file} is damaged: segment 1, column * has a wrong checksum`,
    );
  });

  it("stores the columns of a small segment in one row, and gives them one by one", () => {
    const { file, writer } = newCase();
    const { sourceId } = writer.addSource(newSource());
    writer.commit(batchOf(sourceId, 50));
    expect(writer.db.prepare("SELECT name FROM segment_column").pluck().all()).toStrictEqual(["*"]);
    using reader = openCaseReader(file);
    const { time, service } = reader.columns(1);
    expect(reader.columns(1, ["time"])).toMatchObject({ time, service: null, level: new Uint8Array(0) });
    expect(reader.columns(1, ["service"]).service?.dictionary).toStrictEqual(service?.dictionary);
    expect(time).toHaveLength(50);
  });

  it("stores parts of many sources in one transaction, or nothing of them", () => {
    const { file, writer } = newCase();
    const { added, revision } = writer.addSources([newSource("a.log"), newSource("b.log"), newSource("c.log")]);
    const [a = 0, b = 0, c = 0] = added.map(({ sourceId }) => sourceId);
    expect(writer.commitAll({ batches: [batchOf(a, 5), batchOf(b, 7)] })).toStrictEqual({ revision: revision + 1 });
    const wrong = { ...batchOf(b, 5), segments: [] };
    expect(failureOf(() => writer.commitAll({ batches: [batchOf(c, 3), wrong] })).reason).toBe("accounting");
    using reader = openCaseReader(file);
    expect(reader.sources().map(({ records }) => records)).toStrictEqual([5, 7, 0]);
    expect(reader.revision()).toBe(revision + 1);
  });

  it("adds what is there unchanged together with what is new, and changes nothing where all is there", () => {
    const { writer } = newCase();
    const { sourceId } = writer.addSource(newSource("a.log"));
    writer.commit({ ...batchOf(sourceId, 5), change: { ...batchOf(sourceId, 5).change, state: "done" } });
    const before = writer.revision();
    expect(writer.addSources([newSource("a.log")])).toStrictEqual({
      added: [{ sourceId, unchanged: true }],
      revision: before,
    });
    expect(writer.addSources([newSource("a.log"), newSource("b.log")])).toStrictEqual({
      added: [
        { sourceId, unchanged: true },
        { sourceId: sourceId + 1, unchanged: false },
      ],
      revision: before + 1,
    });
  });

  it("fills memory with a block, where the block is there and as long as it says", () => {
    const { file, writer } = newCase();
    const { sourceId } = writer.addSource(newSource());
    const texts = ["timeout ".repeat(30_000), "kept as it is"];
    const blocks = texts.map((text, i) => compressBlock(i * 240_000, Buffer.from(text)));
    writer.commit({ ...batchOf(sourceId, 0), blocks });
    using reader = openCaseReader(file);
    const places = reader.rawPlaces(sourceId, 0, 240_001);
    const read = places.map((place) => {
      const target = Buffer.alloc(place.length);
      expect(reader.rawInto(place, target)).toBe(true);
      return target.toString();
    });
    expect(read).toStrictEqual(texts);
    expect(reader.rawInto({ ...places[0]!, id: 99 }, Buffer.alloc(240_000))).toBe(false);

    writer.db.prepare("UPDATE raw_block SET byte_length = 7 WHERE byte_offset > 0").run();
    const changed = failureOf(() => reader.rawInto(places[1]!, Buffer.alloc(13)));
    expect(changed.message).toMatch(/is damaged: .*is 7 bytes long where 13 were announced/);
    writer.db.prepare("UPDATE raw_block SET byte_length = 1e12 WHERE byte_offset > 0").run();
    const lie = failureOf(() => reader.rawPlaces(sourceId, 0, 240_001));
    expect(lie.message).toMatch(/is damaged: .*at byte 240000 says that it is 1000000000000 bytes long/);
  });

  it("does not let a reader write", () => {
    const { file } = newCase();
    using reader = openCaseReader(file);
    expect(() => reader.db.exec("DELETE FROM case_info")).toThrow(/readonly/);
  });

  it("keeps NUL characters, quotes and __proto__ keys as they are", () => {
    const { file, writer } = newCase();
    const metadata = JSON.parse(`{"__proto__":"x","constructor":1,"a\\u0000b":null}`) as Record<string, string>;
    const event = newEvent({ title: "a\0b'\"", metadata, tags: ["t\0", "__proto__"] });
    const created = writer.createEvent({ event }).event;
    expect(created).toMatchObject({ title: "a\0b'\"", tags: ["t\0", "__proto__"] });
    expect(Object.entries(created.metadata)).toStrictEqual([
      ["__proto__", "x"],
      ["constructor", 1],
      ["a\0b", null],
    ]);
    const { sourceId } = writer.addSource(newSource("we\0ird"));
    using reader = openCaseReader(file);
    expect(reader.sources().find(({ id }) => id === sourceId)?.path).toBe("we\0ird");
    expect(statSync(file).size).toBeGreaterThan(0);
  });
});
