import { setImmediate } from "node:timers/promises";
import { describe, expect, it } from "vitest";
import { LotThreads } from "../../../src/main/engine/ingest/lot-threads.ts";
import type { LaneLimits, ParserLane } from "../../../src/main/engine/ingest/parser-lane.ts";
import type { ParserClient, ParserPool } from "../../../src/main/engine/ingest/parser-pool.ts";
import { FailureError } from "../../../src/shared/failure.ts";

const names = new WeakMap<ParserClient, string>();
const nameOf = (client: ParserClient): string => names.get(client) ?? "";

/** A pool that tells what becomes of its threads; a full one gives them when it is told to. */
function poolOf(size: number, { isFull = false } = {}) {
  const said: string[] = [];
  const waiting: ((client: ParserClient) => void)[] = [];
  let made = 0;
  const make = (): ParserClient => {
    const client = {} as ParserClient;
    names.set(client, `thread ${(made += 1)}`);
    return client;
  };
  const pool = {
    size,
    acquire: () => (isFull ? new Promise<ParserClient>((resolve) => waiting.push(resolve)) : Promise.resolve(make())),
    release: (client: ParserClient) => void said.push(`${nameOf(client)} is free`),
    discard: (client: ParserClient) => Promise.resolve(void said.push(`${nameOf(client)} is discarded`)),
  } as unknown as ParserPool;
  return { pool, said, give: () => waiting.shift()?.(make()) };
}

const limits = (signal = new AbortController().signal): LaneLimits => ({
  signal,
  stallMs: 60_000,
  stalled: () => new FailureError("stalled", "It hangs."),
});

/** A lot that is read until it is ended, and by which thread. */
function lot(threads: LotThreads, signal?: AbortSignal) {
  let end = (): void => {};
  let by = "";
  const done = threads.take(limits(signal), (lane: ParserLane) =>
    lane.ask("push", (parser) => {
      by = nameOf(parser);
      return new Promise<void>((resolve) => {
        end = resolve;
      });
    }),
  );
  done.catch(() => {});
  return { done, by: () => by, end: () => end() };
}

describe("threads that read lots", () => {
  it("are handed a lot while they read one, and are free once they have read both", async () => {
    const { pool, said } = poolOf(2);
    const threads = new LotThreads(pool);
    const [first, second, third] = [lot(threads), lot(threads), lot(threads)];
    await setImmediate();
    expect([first, second, third].map(({ by }) => by())).toEqual(["thread 1", "thread 1", ""]);
    first.end();
    await first.done;
    await setImmediate();
    expect(third.by()).toBe("thread 1");
    second.end();
    await second.done;
    expect(said).toEqual([]);
    third.end();
    await third.done;
    expect(said).toEqual(["thread 1 is free"]);
  });

  it("share the lots between them, where there are several", async () => {
    const { pool } = poolOf(4);
    const threads = new LotThreads(pool);
    const lots = [lot(threads), lot(threads), lot(threads), lot(threads)];
    await setImmediate();
    expect(lots.map(({ by }) => by())).toEqual(["thread 1", "thread 2", "thread 1", "thread 2"]);
  });

  it("get no other lot once one of them was given up, and are discarded after the last", async () => {
    const { pool, said } = poolOf(2);
    const threads = new LotThreads(pool);
    const cancel = new AbortController();
    const [first, second] = [lot(threads, cancel.signal), lot(threads)];
    await setImmediate();
    cancel.abort();
    await expect(first.done).rejects.toThrow("cancelled");
    const third = lot(threads);
    await setImmediate();
    expect(third.by()).toBe("thread 2");
    second.end();
    await second.done;
    expect(said).toEqual(["thread 1 is discarded"]);
    third.end();
    await third.done;
    expect(said).toEqual(["thread 1 is discarded", "thread 2 is free"]);
  });

  it("go back when all lots were cancelled before they came", async () => {
    const { pool, said, give } = poolOf(2, { isFull: true });
    const threads = new LotThreads(pool);
    const cancel = new AbortController();
    const first = lot(threads, cancel.signal);
    await setImmediate();
    cancel.abort();
    await expect(first.done).rejects.toThrow("cancelled");
    give();
    await setImmediate();
    expect(said).toEqual(["thread 1 is free"]);
  });
});
