// A second reader for long questions: it knows what the first knows, and leaves the first free.
import { join } from "node:path";
import { setImmediate } from "node:timers/promises";
import { describe, expect, it, onTestFinished, vi } from "vitest";
import type { ReaderMethods } from "../../../src/main/engine/query/protocol.ts";
import { SideReader } from "../../../src/main/engine/side-reader.ts";
import type { WorkerClient } from "../../../src/main/engine/threads/rpc.ts";
import { at, everything, testCase } from "../../unit/query/cases.ts";

const workersFolder = join(import.meta.dirname, "../../../out/main");
const count = (reader: WorkerClient<ReaderMethods>) => reader.call("records.count", { selection: everything });

function sideReader(file: string): SideReader {
  const side = new SideReader(workersFolder, file);
  onTestFinished(() => side[Symbol.asyncDispose]());
  return side;
}

describe("the reader beside the reader", () => {
  it("sees what came since it was opened, and is opened again after it came to rest", async () => {
    const made = testCase();
    made.add(made.source("a.log"), [{ message: "one", time: at(1) }]);
    const side = sideReader(made.file);
    expect(side.isThere).toBe(false);
    expect(await side.ask(count)).toMatchObject({ records: 1 });
    made.add(made.source("b.log"), [{ message: "two", time: at(2) }]);
    expect(await side.ask(count)).toMatchObject({ records: 2 });
    await side[Symbol.asyncDispose]();
    expect(side.isThere).toBe(false);
    expect(await side.ask(count)).toMatchObject({ records: 2 });
  });

  it("is opened once for questions that come together, and lets none wait for ever when it ends", async () => {
    const made = testCase();
    made.add(made.source("a.log"), [{ message: "one", time: at(1) }]);
    const side = sideReader(made.file);
    const readers = await Promise.all([side.ask(async (one) => one), side.ask(async (one) => one)]);
    expect(readers[0]).toBe(readers[1]);
    const asked = side.ask(async (reader) => {
      const answer = count(reader);
      // Asked in the same turn, so that the thread is told to end before its answer can come back.
      answer.catch(() => "is awaited below");
      await side[Symbol.asyncDispose]();
      return await Promise.race([answer, setImmediate().then(() => "waits for ever")]);
    });
    await expect(asked).rejects.toMatchObject({ failure: { reason: "worker-ended" } });
  });

  it("gives its thread back at once where whoever asks has no room for one that waits", async () => {
    const made = testCase();
    made.add(made.source("a.log"), [{ message: "one", time: at(1) }]);
    const side = sideReader(made.file);
    expect(await side.ask(count, 0)).toMatchObject({ records: 1 });
    await vi.waitFor(() => {
      expect(side.isThere).toBe(false);
    });
  });

  it("is replaced when its thread has ended by itself", async () => {
    const made = testCase();
    made.add(made.source("a.log"), [{ message: "one", time: at(1) }]);
    const side = sideReader(made.file);
    await side.ask((reader) => reader.end());
    expect(await side.ask(count)).toMatchObject({ records: 1 });
  });

  it("says why a case cannot be opened, and tries again when it is asked again", async () => {
    const side = sideReader("/nowhere/none.faultline");
    const failed = { failure: { reason: expect.any(String) as string } };
    await expect(side.ask(count)).rejects.toMatchObject(failed);
    await expect(side.ask(count)).rejects.toMatchObject(failed);
    expect(side.isThere).toBe(false);
  });
});
