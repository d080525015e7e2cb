import { execFileSync } from "node:child_process";
import { readFileSync, statSync, writeFileSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { previewRequest } from "../../../src/main/engine/ingest/replay/preview-request.ts";
import { exportLetters, importLetters } from "../../../src/main/engine/ingest/replay/letter-file.ts";
import { allSpans } from "../../../src/shared/model/trace-columns.ts";
import { temporaryFolder } from "../ingest/support.ts";
import { ALL, caseOf, checkAccounts, good, goodLines, messages, openCase, type TestCase } from "./support.ts";

const mixed = `${goodLines(10)}broken one\n{"cut": \n[1]\n`;

const exported = async (test: TestCase): Promise<string> => {
  const file = join(temporaryFolder(), "letters.jsonl");
  await exportLetters(test.session.reader, ALL, file);
  return file;
};

describe("dead letters of a case", () => {
  it("come in groups with counts and first examples, by reason and by source", async () => {
    const test = await caseOf({ "a.jsonl": mixed, "b.jsonl": `${goodLines(10)}other\n` });
    const groups = await test.session.reader.call("deadLetters.groups", {
      sourceId: null,
      bySource: false,
      examples: 2,
    });
    expect(groups.map(({ reason, count, path, examples }) => [reason, count, path, examples.length])).toEqual([
      ["invalid-json", 3, null, 2],
      ["not-an-object", 1, null, 1],
    ]);
    const bySource = await test.session.reader.call("deadLetters.groups", {
      sourceId: null,
      bySource: true,
      examples: 1,
    });
    expect(bySource.map(({ reason, count, path }) => [reason, count, path?.split("/").at(-1)])).toEqual([
      ["invalid-json", 2, "a.jsonl"],
      ["invalid-json", 1, "b.jsonl"],
      ["not-an-object", 1, "a.jsonl"],
    ]);
    expect(Buffer.from(bySource[0]?.examples[0]?.raw ?? []).toString()).toBe("broken one");
    const { id } = test.source("b.jsonl");
    const ofSource = await test.session.reader.call("deadLetters.groups", {
      sourceId: id,
      bySource: false,
      examples: 0,
    });
    expect(ofSource).toMatchObject([{ reason: "invalid-json", count: 1, sourceId: id, examples: [] }]);
  });

  it("are filtered by words of their message, and say where reading failed", async () => {
    const test = await caseOf({ "a.jsonl": mixed });
    const page = { sourceId: null, reason: null, limit: 10, after: null };
    const found = await test.session.reader.call("deadLetters.list", { ...page, text: "JSON Array", rawBytes: 1 });
    expect(found.items).toMatchObject([{ reason: "not-an-object" }]);
    expect(found.items[0]?.raw).toHaveLength(1);
    const cut = (await test.letters()).find(({ line }) => line === 12);
    const { place, history } = await test.session.reader.call("deadLetters.get", { id: cut?.id ?? 0 });
    expect(place === null || place <= 8).toBe(true);
    expect(history).toMatchObject([{ action: "read", attempt: 1, reason: "invalid-json" }]);
  });

  it("come from whatever row is asked for, and a choice means only those with the words", async () => {
    const lines = Array.from({ length: 50 }, (_, index) => (index % 5 === 0 ? `[${index}]` : `bad ${index}`));
    const test = await caseOf({ "a.jsonl": `${goodLines(100)}${lines.join("\n")}\n` });
    const all = (await test.letters()).map(({ id }) => id);
    const list = async (more: object) =>
      (
        await test.session.reader.call("deadLetters.list", {
          sourceId: null,
          reason: null,
          after: null,
          limit: 7,
          ...more,
        })
      ).items.map(({ id }) => id);
    for (const offset of [0, 3, 24, 26, 40, 47, 49, 50, 90])
      expect(await list({ offset })).toEqual(all.slice(offset, offset + 7));
    const arrays = (await list({ text: "ARRAY json", limit: 50 })).length;
    expect(arrays).toBe(10);
    expect(await list({ text: "array", offset: 8 })).toHaveLength(2);
    const choice = { which: "all", sourceId: null, text: "array" } as const;
    expect(await test.replay({ choice, format: "plain-text" })).toMatchObject({ replayed: 10, failed: 0, skipped: 0 });
    expect(await test.session.writer.call("discardDeadLetters", { choice, reason: "none left" })).toMatchObject({
      discarded: 0,
    });
    expect(await test.letters()).toHaveLength(40);
    checkAccounts(test.file);
  });

  it("count as skipped once they are discarded, under the reason that was given", async () => {
    const test = await caseOf({ "a.jsonl": mixed });
    const choice = { which: "group", reason: "invalid-json", sourceId: null } as const;
    expect(await test.session.writer.call("discardDeadLetters", { choice, reason: "noise" })).toMatchObject({
      discarded: 2,
    });
    expect(await test.session.writer.call("discardDeadLetters", { choice, reason: "noise" })).toMatchObject({
      discarded: 0,
    });
    expect(checkAccounts(test.file)).toEqual({ read: 13, records: 10, deadLetters: 1, skipped: 2 });
    expect(test.source("a.jsonl").skippedWhy).toEqual({ "discarded: noise": 2 });
  });

  it("go when they are older than allowed, and stay counted", async () => {
    const test = await caseOf({ "a.jsonl": mixed });
    const before = checkAccounts(test.file);
    const { revision } = await test.session.info();
    const early = 1_000 as never;
    expect(await test.session.writer.call("dropOldDeadLetters", { before: early })).toEqual({ dropped: 0, revision });
    const later = ((Date.now() + 60_000) * 1_000) as never;
    expect(await test.session.writer.call("dropOldDeadLetters", { before: later })).toMatchObject({ dropped: 3 });
    expect(checkAccounts(test.file)).toEqual(before);
    expect(test.source("a.jsonl")).toMatchObject({ deadLetters: 3, deadLettersDropped: 3 });
  });
});

describe("dead letters as JSON lines", () => {
  it("come into another case with their bytes, edit and history, once", async () => {
    const test = await caseOf({ "a.jsonl": mixed });
    const [letter] = await test.letters();
    await test.session.writer.call("editDeadLetter", { id: letter?.id ?? 0, text: Buffer.from(good(99, "mended")) });
    await test.replay({ choice: { which: "group", reason: "not-an-object", sourceId: null } });
    const file = await exported(test);
    const other = await openCase(join(temporaryFolder(), "other.faultline"), { title: "Other" });
    expect(await importLetters(other.session.writer, file)).toEqual({
      imported: 3,
      edited: 0,
      skipped: 0,
      refused: [],
    });
    expect(await importLetters(other.session.writer, file)).toEqual({
      imported: 0,
      edited: 0,
      skipped: 3,
      refused: [],
    });
    expect(checkAccounts(other.file)).toEqual({ read: 3, records: 0, deadLetters: 3, skipped: 0 });
    const [taken] = await other.letters();
    const { id: _mine, sourceId: _source, ...same } = { ...letter, edited: true };
    expect(taken).toMatchObject(same);
    expect(await other.replay()).toMatchObject({ replayed: 1, failed: 2 });
    expect(await messages(other)).toEqual(["mended"]);
    // What was replayed here is not taken again.
    expect(await importLetters(other.session.writer, file)).toMatchObject({ imported: 0, skipped: 3 });
    expect(checkAccounts(other.file)).toEqual({ read: 3, records: 1, deadLetters: 2, skipped: 0 });
    const failed = (await other.letters()).find(({ reason }) => reason === "not-an-object");
    const { history } = await other.session.reader.call("deadLetters.get", { id: failed?.id ?? 0 });
    expect(history.map(({ action }) => action)).toEqual(["read", "failed", "imported", "failed"]);
  });

  it("bring back what was discarded, and edits that were made in the file", async () => {
    const test = await caseOf({ "a.jsonl": mixed });
    const file = await exported(test);
    await test.session.writer.call("discardDeadLetters", { choice: ALL, reason: "too early" });
    expect(await importLetters(test.session.writer, file)).toMatchObject({ imported: 3, skipped: 0 });
    expect(checkAccounts(test.file)).toEqual({ read: 13, records: 10, deadLetters: 3, skipped: 0 });
    expect(test.source("a.jsonl").skippedWhy).toEqual({});
    const lines = readFileSync(file, "utf8")
      .trimEnd()
      .split("\n")
      .map((line) => JSON.parse(line) as object);
    const edited = lines.map((line) =>
      Object.assign(line, { edited: Buffer.from(good(50, "from file")).toString("base64") }),
    );
    writeFileSync(file, edited.map((line) => `${JSON.stringify(line)}\n`).join(""));
    expect(await importLetters(test.session.writer, file)).toMatchObject({ imported: 0, edited: 3, skipped: 0 });
    expect(await importLetters(test.session.writer, file)).toMatchObject({ imported: 0, edited: 0, skipped: 3 });
    expect(await test.replay()).toMatchObject({ replayed: 3 });
    expect(await messages(test, "file")).toHaveLength(3);
  });

  it.skipIf(process.platform === "win32")("go into a pipe that stands there, and leave it in its place", async () => {
    const test = await caseOf({ "a.jsonl": mixed });
    const pipe = join(temporaryFolder(), "letters");
    execFileSync("mkfifo", [pipe]);
    const arrived = readFile(pipe, "utf8");
    expect(await exportLetters(test.session.reader, ALL, pipe)).toBe(3);
    expect((await arrived).trimEnd().split("\n")).toHaveLength(3);
    expect(statSync(pipe).isFIFO()).toBe(true);
  });

  it("name each line that is none, and take the others", async () => {
    const test = await caseOf({ "a.jsonl": mixed });
    const file = await exported(test);
    const [first = "", second = ""] = readFileSync(file, "utf8").split("\n");
    const forged = second.replace(/"raw":"[^"]*"/u, '"raw":"AAAA"');
    writeFileSync(file, `no json\n{"schema":"faultline.dead-letter/9"}\n\n${forged}\n${first}\n`);
    const other = await openCase(join(temporaryFolder(), "other.faultline"), { title: "Other" });
    const { imported, refused } = await importLetters(other.session.writer, file);
    expect(imported).toBe(1);
    expect(refused).toHaveLength(3);
    expect(refused.map((line) => line.slice(0, 6))).toEqual(["line 1", "line 2", "line 4"]);
    await expect(importLetters(other.session.writer, join(file, "none"))).rejects.toMatchObject({
      failure: { reason: "unreadable" },
    });
  });

  it("carry what stood around a letter, so that it is a span of its service in another case too", async () => {
    const traceId = "0af7651916cd43dd8448eb211c80319c";
    const span = (spanId: string) => ({ traceId, spanId, name: "pay", startTimeUnixNano: "1772360000000000000" });
    const resource = { attributes: [{ key: "service.name", value: { stringValue: "payment" } }] };
    const spans = [span("b7ad6b7169203331"), span("")];
    const test = await caseOf({
      "spans.json": JSON.stringify({ resourceSpans: [{ resource, scopeSpans: [{ spans }] }] }),
    });
    const mended = JSON.stringify(span("b7ad6b7169203332"));
    const other = await openCase(join(temporaryFolder(), "other.faultline"), { title: "Other" });
    expect(await importLetters(other.session.writer, await exported(test))).toMatchObject({ imported: 1, refused: [] });
    for (const each of [test, other]) {
      const [letter] = await each.letters();
      const choice = { which: "ids", ids: [letter?.id ?? 0] } as const;
      const request = await previewRequest(
        each.session.reader,
        { id: letter?.id ?? 0, text: mended, format: null, zone: null, encoding: null },
        "UTC",
      );
      expect(await each.session.preview(request)).toMatchObject({ records: [{ service: "payment" }], faultCount: 0 });
      expect(await each.replay({ choice, text: mended })).toMatchObject({ replayed: 1 });
      const trace = await each.session.reader.call("traces.get", { traceId });
      expect(allSpans(trace.spans).find(({ spanId }) => spanId === "b7ad6b7169203332")?.service).toBe("payment");
      checkAccounts(each.file);
    }
  });

  it("carry a letter whole that is longer than the case keeps of it", async () => {
    const long = `${"x".repeat(200_000)} end`;
    const test = await caseOf({ "a.jsonl": `${goodLines(10)}${long}\n` });
    const other = await openCase(join(temporaryFolder(), "other.faultline"), { title: "Other" });
    expect(await importLetters(other.session.writer, await exported(test))).toMatchObject({ imported: 1, refused: [] });
    expect(await other.replay({ format: "plain-text" })).toMatchObject({ replayed: 1 });
    const page = await other.session.reader.call("export", {
      selection: { filter: "end", from: null, to: null, samples: true },
      cursor: 0,
      limit: 10,
    });
    expect(page.rows).toMatchObject([{ type: "record", record: { length: long.length } }]);
  });
});
