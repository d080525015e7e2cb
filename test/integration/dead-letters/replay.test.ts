import { rmSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it, onTestFinished } from "vitest";
import { ParserPool } from "../../../src/main/engine/ingest/parser-pool.ts";
import type { ReplayProgress } from "../../../src/main/engine/ingest/replay/replay-run.ts";
import { Replayer } from "../../../src/main/engine/ingest/replay/replayer.ts";
import { allSpans } from "../../../src/shared/model/trace-columns.ts";
import { ALL, caseOf, checkAccounts, everything, good, goodLines, messages } from "./support.ts";

const text = (bytes: Uint8Array): string => Buffer.from(bytes).toString();

describe("replaying dead letters", () => {
  it("puts the record where it belongs in time, with its text, and detects again", async () => {
    const cut = good(1, "payment refused", "error").slice(0, -1);
    const test = await caseOf({ "app.jsonl": `${good(0)}\n${cut}\n${good(2)}\n` });
    await test.session.idle();
    expect(checkAccounts(test.file)).toEqual({ read: 3, records: 2, deadLetters: 1, skipped: 0 });
    expect((await test.session.info()).events).toBe(0);
    const [letter] = await test.letters();
    const result = await test.replay({ choice: { which: "ids", ids: [letter?.id ?? 0] }, text: `${cut}}` });
    expect(result).toEqual({ replayed: 1, failed: 0, skipped: 0, cancelled: false });
    await test.session.idle();
    expect(checkAccounts(test.file)).toEqual({ read: 3, records: 3, deadLetters: 0, skipped: 0 });
    expect(await messages(test)).toEqual(["order 0", "payment refused", "order 2"]);
    expect(await messages(test, "refused")).toEqual(["payment refused"]);
    expect((await test.session.info()).events).toBe(1);
    const histogram = await test.session.reader.call("timeline.histogram", { selection: everything, buckets: 10 });
    expect(histogram.total).toBe(3);
    const { rows } = await test.session.reader.call("export", { selection: everything, cursor: 0, limit: 10 });
    const mended = rows.find((row) => row.type === "record" && row.record.message === "payment refused");
    expect(mended?.type === "record" && [text(mended.record.raw), mended.record.line]).toEqual([`${cut}}`, 2]);
  });

  it("has one effect when it is done twice", async () => {
    const test = await caseOf({ "app.jsonl": `${good(0)}\nnot json\n` });
    const [letter] = await test.letters();
    const choice = { which: "ids", ids: [letter?.id ?? 0] } as const;
    expect(await test.replay({ choice, format: "plain-text" })).toMatchObject({ replayed: 1, skipped: 0 });
    expect(await test.replay({ choice, format: "plain-text" })).toMatchObject({ replayed: 0, failed: 0, skipped: 1 });
    expect(checkAccounts(test.file)).toMatchObject({ records: 2, deadLetters: 0 });
    await expect(test.session.reader.call("deadLetters.get", { id: letter?.id ?? 0 })).rejects.toThrow(
      /was replayed and is a record since/u,
    );
    await expect(test.replay({ choice: { which: "ids", ids: [99] } })).rejects.toMatchObject({
      failure: { reason: "not-found" },
    });
  });

  it("keeps a letter that fails again, with one more attempt and all that happened to it", async () => {
    const test = await caseOf({ "app.jsonl": `${good(0)}\n\n{"cut": \n` });
    const [before] = await test.letters();
    const id = before?.id ?? 0;
    expect(await test.replay()).toMatchObject({ replayed: 0, failed: 1 });
    await test.session.writer.call("editDeadLetter", { id, text: Buffer.from("{still cut") });
    expect(await test.replay({ zone: "Europe/Berlin" })).toMatchObject({ failed: 1 });
    const { letter, edited, history } = await test.session.reader.call("deadLetters.get", { id });
    expect(letter).toMatchObject({ attempts: 3, generation: 2, edited: true, firstAt: before?.firstAt });
    expect(letter.lastAt).toBeGreaterThan(letter.firstAt);
    expect([text(letter.raw), text(edited ?? new Uint8Array())]).toEqual(['{"cut": ', "{still cut"]);
    expect(history.map(({ action, attempt, zone }) => [action, attempt, zone])).toEqual([
      ["read", 1, null],
      ["failed", 2, "UTC"],
      ["edited", 0, null],
      ["failed", 3, "Europe/Berlin"],
    ]);
    expect(history[1]?.message).toBe(history[0]?.message);
    expect(checkAccounts(test.file)).toEqual({ read: 3, records: 1, deadLetters: 1, skipped: 1 });
  });

  it("goes back to the original when an edit is taken back", async () => {
    const test = await caseOf({ "app.jsonl": `${good(0)}\nplain words\n` });
    const [letter] = await test.letters();
    const id = letter?.id ?? 0;
    await test.session.writer.call("editDeadLetter", { id, text: Buffer.from("other words") });
    await test.session.writer.call("editDeadLetter", { id, text: null });
    expect(await test.replay({ format: "plain-text" })).toMatchObject({ replayed: 1 });
    expect(await messages(test)).toEqual(["order 0", "plain words"]);
  });

  it("reads a whole group in another format, zone or encoding", async () => {
    const lines = ["2026-03-01 10:00:00 INFO first", "2026-03-01 10:00:01 INFO Z\u00fcrich"];
    const content = Buffer.concat([
      Buffer.from(`${goodLines(20)}${lines[0]}\n`),
      Buffer.from(`${lines[1]}\n`, "latin1"),
    ]);
    const test = await caseOf({ "app.jsonl": content });
    const choice = { which: "group", reason: "invalid-json", sourceId: null } as const;
    const result = await test.replay({ choice, format: "text", zone: "America/New_York", encoding: "windows-1252" });
    expect(result).toMatchObject({ replayed: 2, failed: 0 });
    const { rows } = await test.session.reader.call("export", { selection: everything, cursor: 0, limit: 100 });
    const records = rows.flatMap((row) => (row.type === "record" ? [row.record] : []));
    const mended = records.filter(({ format }) => format === "text");
    expect(mended.map(({ message }) => message)).toEqual(["first", "Z\u00fcrich"]);
    expect(new Date((mended[0]?.time ?? 0) / 1_000).toISOString()).toBe("2026-03-01T15:00:00.000Z");
    await expect(test.replay({ encoding: "klingon" })).rejects.toMatchObject({
      failure: { reason: "unknown-encoding" },
    });
    await expect(test.replay({ format: "nonsense" })).rejects.toMatchObject({ failure: { reason: "unknown-format" } });
  });

  it("makes several records of a text with several lines, and keeps what of it is still wrong", async () => {
    const test = await caseOf({ "app.jsonl": `${good(0)}\nbroken\n${good(5)}\n` });
    const [letter] = await test.letters();
    const edited = `${good(1)}\n\n{"cut\n${good(2)}`;
    const choice = { which: "ids", ids: [letter?.id ?? 0] } as const;
    expect(await test.replay({ choice, text: edited })).toMatchObject({ replayed: 1, failed: 0 });
    expect(checkAccounts(test.file)).toEqual({ read: 6, records: 4, deadLetters: 1, skipped: 1 });
    const [rest] = await test.letters();
    expect(rest).toMatchObject({ line: 4, generation: 1, reason: "invalid-json" });
    expect(text(rest?.raw ?? new Uint8Array())).toBe('{"cut');
    expect(await test.replay({ format: "plain-text" })).toMatchObject({ replayed: 1 });
    expect(await messages(test)).toEqual(["order 0", "order 1", "order 2", "order 5", '{"cut']);
  });

  it("counts a letter that is rightly no record as skipped", async () => {
    const test = await caseOf({ "app.jsonl": `${good(0)}\nbroken\n` });
    const [letter] = await test.letters();
    const choice = { which: "ids", ids: [letter?.id ?? 0] } as const;
    expect(await test.replay({ choice, text: "# a comment" })).toMatchObject({ replayed: 0, skipped: 1 });
    expect(checkAccounts(test.file)).toEqual({ read: 2, records: 1, deadLetters: 0, skipped: 1 });
    expect(test.source("app.jsonl").skippedWhy).toEqual({ comment: 1 });
  });

  it("reads a row of a table under the header of its source, and only the cell that was wrong", async () => {
    const wide = "time,cpu,memory\n2026-03-01T10:00:00Z,1,2\n2026-03-01T10:00:01Z,oops,4\n2026-03-01T10:00:02Z,5,6\n";
    const long = "timestamp,service,metric,value\n2026-03-01T10:00:00Z,pay,rps,1\n2026-03-01T10:00:01Z,pay,rps,oops\n";
    const test = await caseOf({ "wide.csv": wide, "long.csv": long });
    expect(checkAccounts(test.file)).toMatchObject({ deadLetters: 2 });
    const before = checkAccounts(test.file);
    for (const letter of await test.letters()) {
      const edited = text(letter.raw).replace("oops", "3");
      expect(await test.replay({ choice: { which: "ids", ids: [letter.id] }, text: edited })).toMatchObject({
        replayed: 1,
      });
    }
    expect(checkAccounts(test.file)).toEqual({ ...before, records: before.records + 2, deadLetters: 0 });
    expect((await messages(test)).filter((message) => message.endsWith(" 3"))).toEqual(["cpu 3", "rps 3"]);
  });

  it("reads a span again that stood in a document", async () => {
    const span = (id: string, start: number | string) => ({
      traceID: "a1b2c3d4e5f60718",
      spanID: id,
      operationName: "GET /cart",
      startTime: start,
      duration: 1_000,
      processID: "p1",
      tags: [],
    });
    const spans = [
      span("00000000000000a1", 1_772_360_000_000_000),
      "no span",
      span("00000000000000a3", 1_772_360_000_000_000),
    ];
    const document = { data: [{ traceID: "a1b2c3d4e5f60718", spans, processes: { p1: { serviceName: "cart" } } }] };
    const test = await caseOf({ "traces.json": JSON.stringify(document) });
    const [letter] = await test.letters();
    const edited = JSON.stringify(span("00000000000000a2", 1_772_360_000_000_500));
    expect(await test.replay({ choice: { which: "ids", ids: [letter?.id ?? 0] }, text: edited })).toMatchObject({
      replayed: 1,
    });
    const trace = await test.session.reader.call("traces.get", { traceId: "a1b2c3d4e5f60718" });
    expect(
      allSpans(trace.spans)
        .map(({ spanId }) => spanId)
        .toSorted(),
    ).toEqual(["00000000000000a1", "00000000000000a2", "00000000000000a3"]);
  });

  it("needs no source: its bytes are in the case", async () => {
    const test = await caseOf({ "app.jsonl": `${good(0)}\nwords\n` });
    rmSync(test.source("app.jsonl").path);
    expect(await test.replay({ format: "plain-text" })).toMatchObject({ replayed: 1 });
    expect(await messages(test)).toEqual(["order 0", "words"]);
  });

  it("leaves letters alone whose source is being read, and takes what others change meanwhile as it is", async () => {
    const test = await caseOf({ "app.jsonl": `${good(0)}\nwords\n` });
    const { id } = test.source("app.jsonl");
    await test.session.writer.call("changeSource", { sourceId: id, change: { state: "reading" } });
    expect(await test.replay({ format: "plain-text" })).toMatchObject({ replayed: 0, skipped: 1 });
    expect(await test.session.writer.call("discardDeadLetters", { choice: ALL, reason: "noise" })).toMatchObject({
      discarded: 0,
      skipped: 1,
    });
    await test.session.writer.call("changeSource", { sourceId: id, change: { state: "done" } });
    const stale = test.session.writer.call("commitReplay", {
      sourceId: id,
      format: { id: "plain-text", version: 1 },
      segments: [],
      blocks: [],
      outcomes: [
        {
          id: (await test.letters())[0]?.id ?? 0,
          version: 7,
          outcome: "failed",
          records: 0,
          skippedWhy: {},
          rest: [],
          stage: "parse",
          reason: "x",
          message: "x",
          readAs: { format: null, zone: null, encoding: null },
        },
      ],
    });
    await expect(stale).rejects.toMatchObject({ failure: { reason: "stale" } });
    expect((await test.letters())[0]?.attempts).toBe(1);
  });

  it("tells how far it is, refuses a second one meanwhile, and can be cancelled between two transactions", async () => {
    const progress: ReplayProgress[] = [];
    const bad = Array.from({ length: 9_000 }, (_, index) => `broken ${index}\n`).join("");
    const onReplay = (step: ReplayProgress): void => void progress.push(step);
    const test = await caseOf({ "app.jsonl": goodLines(9_000) + bad }, { onReplay });
    expect(checkAccounts(test.file).deadLetters).toBe(9_000);
    const running = test.replay({ format: "plain-text" });
    await expect(test.replay()).rejects.toMatchObject({ failure: { reason: "busy" } });
    while (!progress.some(({ done }) => done > 0)) await new Promise((resolve) => setTimeout(resolve, 1));
    await test.session.replayer.cancel();
    const { replayed, cancelled } = await running;
    expect(cancelled).toBe(true);
    expect(checkAccounts(test.file)).toMatchObject({ records: 9_000 + replayed, deadLetters: 9_000 - replayed });
    expect(progress[0]).toMatchObject({ running: true, total: 9_000, done: 0 });
    expect(progress.at(-1)).toMatchObject({ running: false, done: replayed });
    // Oldest first: what is left are the last ones.
    expect((await test.letters())[0]?.line).toBe(9_001 + replayed);
    expect(await test.replay({ format: "plain-text" })).toMatchObject({ replayed: 9_000 - replayed, cancelled: false });
    expect(checkAccounts(test.file).deadLetters).toBe(0);
  });
});

describe("a parser that fails in a replay", () => {
  it("costs only the letter that it hangs or ends on", async () => {
    const bad = ["one", "HANG", "two", "CRASH", "three"];
    const test = await caseOf({ "app.jsonl": `${goodLines(20)}${bad.join("\n")}\n` });
    const pool = new ParserPool(join(import.meta.dirname, "../ingest/workers/faulty-parser.worker.mjs"), { size: 2 });
    onTestFinished(() => pool[Symbol.asyncDispose]());
    const { reader, writer } = test.session;
    await using replayer = new Replayer({
      reader,
      writer,
      pool,
      stallMs: 1_500,
      lettersPerSecond: () => 1_000_000,
      onCommit: () => {},
      onProgress: () => {},
      onEnd: () => {},
    });
    const request = { choice: ALL, format: "plain-text", zone: null, encoding: null, text: null };
    expect(await replayer.replay(request)).toMatchObject({ replayed: 3, failed: 2, skipped: 0 });
    expect(checkAccounts(test.file)).toEqual({ read: 25, records: 23, deadLetters: 2, skipped: 0 });
    const left = await test.letters();
    expect(left.map(({ raw, reason, attempts }) => [text(raw), reason, attempts])).toEqual([
      ["HANG", "parser-failed", 2],
      ["CRASH", "parser-failed", 2],
    ]);
    expect(left[0]?.message).toMatch(/did not answer within 1.5 s/u);
  });
});

describe("a letter of a test report", () => {
  const REPORT =
    '<testsuites><testsuite name="Kasse &amp; &quot;Küche&quot;" timestamp="2026-03-01T14:00:00" file="spec/till.rb">' +
    '<testcase classname="till" name="opens" time="0.1"/>\n<testcase classname="till" name="pays" time="2.5"><failure mess';

  it("that was cut is mended with the suite that stood around it: its time, its name", async () => {
    const test = await caseOf({ "report.xml": REPORT });
    const [letter] = await test.letters();
    expect(letter).toMatchObject({ reason: "truncated", length: 63 });
    const mended = '<testcase classname="till" name="pays" time="2.5"><failure message="no change"/></testcase>';
    expect(await test.replay({ text: mended, choice: { which: "ids", ids: [letter?.id ?? 0] } })).toMatchObject({
      replayed: 1,
    });
    const { rows } = await test.session.reader.call("export", { selection: everything, cursor: 0, limit: 10 });
    const records = rows.flatMap((row) => (row.type === "record" ? [row.record] : []));
    expect(records.map(({ message }) => message).toSorted()).toEqual([
      "failed till.pays: no change",
      "passed till.opens",
    ]);
    expect(new Set(records.map(({ time }) => time)).size).toBe(1);
    expect(records[0]?.time).not.toBeNull();
    expect(checkAccounts(test.file)).toEqual({ read: 2, records: 2, deadLetters: 0, skipped: 0 });
  });

  it("that closes its suite itself is as good", async () => {
    const test = await caseOf({ "report.xml": REPORT });
    const mended = '<testcase classname="till" name="pays" time="2.5"/></testsuite></testsuites>';
    const [letter] = await test.letters();
    expect(await test.replay({ text: mended, choice: { which: "ids", ids: [letter?.id ?? 0] } })).toMatchObject({
      replayed: 1,
    });
    expect(checkAccounts(test.file)).toEqual({ read: 2, records: 2, deadLetters: 0, skipped: 0 });
  });

  it("that is still cut stays a dead letter of its own length", async () => {
    const test = await caseOf({ "report.xml": REPORT });
    const [letter] = await test.letters();
    expect(await test.replay()).toMatchObject({ replayed: 0, failed: 1 });
    expect((await test.letters())[0]).toMatchObject({ reason: "truncated", length: letter?.length, attempts: 2 });
  });
});

describe("a preview", () => {
  it("says what a format makes of a text, and writes nothing", async () => {
    const test = await caseOf({ "app.jsonl": `${good(0)}\n{"cut": \n` });
    await test.session.idle();
    const revision = (await test.session.info()).revision;
    const preview = (input: object) =>
      test.session.preview({
        format: "json-lines",
        zone: "UTC",
        encoding: null,
        now: 1_800_000_000_000_000 as never,
        head: new Uint8Array(),
        around: null,
        reason: "",
        message: "",
        text: new Uint8Array(),
        ...input,
      });
    const mended = await preview({ text: Buffer.from(`${good(7, "mended")}\n\n{bad`) });
    expect(mended).toMatchObject({
      recordCount: 1,
      records: [{ message: "mended", service: "pay", kind: "log" }],
      faultCount: 1,
      faults: [{ reason: "invalid-json", line: 3 }],
      skipped: { "blank line": 1 },
    });
    expect((await test.session.info()).revision).toBe(revision);
  });
});
