// The reader as the engine has it: the built thread, its real formats, over the typed calls.
import { join } from "node:path";
import { describe, expect, it, onTestFinished } from "vitest";
import type { ExportBatch, ReaderMethods } from "../../../src/main/engine/query/protocol.ts";
import { WorkerClient } from "../../../src/main/engine/threads/rpc.ts";
import { CALLS } from "../../../src/shared/contract.ts";
import { at, everything, testCase, type TestCase } from "../../unit/query/cases.ts";

function reader(): WorkerClient<ReaderMethods> {
  const client = new WorkerClient<ReaderMethods>(join(import.meta.dirname, "../../../out/main/reader.worker.js"));
  onTestFinished(() => client.end());
  return client;
}

function incident(): TestCase {
  const made = testCase();
  const source = made.source("app.jsonl", "json-lines");
  const line = (i: number): string =>
    JSON.stringify({ time: new Date(i).toISOString(), level: "error", msg: `failed ${i}`, user: `u${i}` });
  made.add(
    source,
    Array.from({ length: 50 }, (_, i) => ({ raw: line(i), time: at(i * 1_000), level: 5 as const, service: "pay" })),
  );
  made.add(made.source("metrics"), [{ kind: "sample", time: at(5), name: "cpu", value: 3, service: "pay" }]);
  made.event({ time: 7_000, title: "pager" });
  return made;
}

describe("the reader thread", () => {
  it("answers each call in the words of the contract", async () => {
    const made = incident();
    const client = reader();
    const info = await client.call("open", { file: made.file });
    expect(info).toMatchObject({ title: "Test", records: 51, samples: 1, events: 1, sources: 2 });
    const selection = { ...everything, samples: false };

    const answers = {
      "timeline.histogram": await client.call("timeline.histogram", { selection, buckets: 10 }),
      "timeline.lanes": await client.call("timeline.lanes", { selection, limit: 10 }),
      "records.count": await client.call("records.count", { selection }),
      "records.rows": await client.call("records.rows", { selection, start: 0, count: 20 }),
      "records.detail": await client.call("records.detail", { ref: "s1:3" }),
      "facets.list": await client.call("facets.list", { selection, limit: 10 }),
      "filter.values": await client.call("filter.values", { field: "user", prefix: "u1", limit: 3 }),
      "events.list": await client.call("events.list", { filter: {}, limit: 10, after: null }),
      "series.list": await client.call("series.list", null),
      "series.read": await client.call("series.read", {
        key: { service: "pay", name: "cpu" },
        from: null,
        to: null,
        points: 10,
      }),
      "traces.get": await client.call("traces.get", { traceId: "none" }),
      "deadLetters.list": await client.call("deadLetters.list", {
        sourceId: null,
        reason: null,
        limit: 10,
        after: null,
      }),
      "sources.list": await client.call("sources.list", null),
    } as const;
    for (const [name, answer] of Object.entries(answers)) CALLS[name as keyof typeof answers].output.parse(answer);
    expect(answers["records.count"]).toMatchObject({ count: 51, records: 50, events: 1, hiddenSamples: 1 });
    expect(answers["records.rows"].rows[7]).toMatchObject({ type: "event", event: { title: "pager" } });
    expect(answers["records.detail"]).toMatchObject({ message: "failed 3", path: "app.jsonl", format: "json-lines" });
    expect(answers["series.read"].values).toEqual(Float64Array.of(3));
    expect(answers["filter.values"][0]).toEqual({ value: "u1", count: 1 });
  });

  it("refuses more bars than a chart can have, and goes on", async () => {
    const made = incident();
    const client = reader();
    await client.call("open", { file: made.file });
    const ask = (buckets: number): Promise<unknown> =>
      client.call("timeline.histogram", { selection: { ...everything, from: 0, to: 1_773_755_930_632_533 }, buckets });
    for (const buckets of [1_773_755_930_632_533, 0, -1, 0.5, Number.NaN, Infinity])
      await expect(ask(buckets)).rejects.toMatchObject({ failure: { reason: "too-many-buckets" } });
    expect(await ask(10_000)).toMatchObject({ total: 51 });
  });

  it("hands rows with their fields to the command line, batch after batch", async () => {
    const made = incident();
    const client = reader();
    await client.call("open", { file: made.file });
    const selection = { ...everything, filter: 'kind:log failed -"failed 3"' };
    const users: unknown[] = [];
    for (let cursor: number | null = 0; cursor !== null;) {
      const batch: ExportBatch = await client.call("export", { selection, cursor, limit: 7 });
      for (const row of batch.rows)
        if (row.type === "record") users.push(row.record.fields.find(([key]) => key === "user")?.[1]);
      cursor = batch.next;
    }
    expect(users).toEqual(
      Array.from({ length: 50 }, (_, i) => `u${i}`).filter((_, i) => i !== 3 && Math.floor(i / 10) !== 3),
    );
  });

  it("sees what is committed after it was opened, and says what is wrong", async () => {
    const made = incident();
    const client = reader();
    await expect(client.call("records.count", { selection: everything })).rejects.toMatchObject({
      failure: { reason: "no-case" },
    });
    await expect(client.call("open", { file: join(made.folder, "none") })).rejects.toMatchObject({
      failure: { reason: "unreadable" },
    });
    await client.call("open", { file: made.file });
    made.add(made.source("later.jsonl", "json-lines"), [{ raw: '{"msg":"late"}', time: at(1) }]);
    expect((await client.call("records.count", { selection: { ...everything, filter: "late" } })).count).toBe(1);
    await expect(client.call("records.count", { selection: { ...everything, filter: "(" } })).rejects.toMatchObject({
      failure: { reason: "bad-filter" },
    });
    await expect(client.call("records.detail", { ref: "s99:0" })).rejects.toMatchObject({
      failure: { reason: "not-found" },
    });
  });

  it("gives up a question that nobody waits for any more", async () => {
    const made = incident();
    const client = reader();
    await client.call("open", { file: made.file });
    // The thread is busy for long enough that the last question has not begun when its caller leaves.
    const before = Array.from({ length: 100 }, (_, i) =>
      client.call("records.count", { selection: { ...everything, filter: `failed ${i}` } }),
    );
    const asked = new AbortController();
    const answer = client.call("records.count", { selection: everything }, { signal: asked.signal });
    asked.abort();
    await expect(answer).rejects.toMatchObject({ failure: { reason: "cancelled" } });
    await expect(Promise.all(before)).resolves.toHaveLength(100);
  });

  it("lists a deploy once, as its record, and finds it by its event too", async () => {
    const made = testCase();
    const source = made.source("deploys.json", "deploys");
    made.add(source, [
      { kind: "log", time: at(1) },
      { kind: "deploy", time: at(2), name: "v7" },
    ]);
    made.event({
      time: 2,
      kind: "deploy",
      title: "deploy v7",
      reference: { sourceId: source, offset: 0, length: 1, record: "s1:1" },
    });
    const client = reader();
    await client.call("open", { file: made.file });
    const { count, events } = await client.call("records.count", { selection: everything });
    expect({ count, events }).toEqual({ count: 2, events: 0 });
    expect(await client.call("records.locate", { selection: everything, ref: "e1" })).toBe(1);
    const lanes = await client.call("timeline.lanes", { selection: everything, limit: 10 });
    expect(lanes.find(({ lane }) => lane === "changes")?.total).toBe(1);
  });
});
