import { describe, expect, it, onTestFinished, vi } from "vitest";
import { SourceRegistrar } from "../../../src/main/engine/ingest/source-registrar.ts";

const rowOf = (path: string) => ({ path, connector: "file", zone: "UTC", bytes: 1, identity: "1" });

describe("the registrar of sources", () => {
  it("hands the first over at once, and those found meanwhile together and in their order", async () => {
    const calls: string[][] = [];
    const ids = new Map<string, number | null>();
    const registrar = new SourceRegistrar((rows) => {
      calls.push(rows.map(({ path }) => path));
      return Promise.resolve(rows.map(({ path }) => (path === "c" ? null : path.charCodeAt(0))));
    });
    for (const path of ["a", "b", "c", "d"]) await registrar.put({ row: rowOf(path), onId: (id) => ids.set(path, id) });
    await registrar.drain();
    expect(calls[0]).toStrictEqual(["a"]);
    expect(calls.flat()).toStrictEqual(["a", "b", "c", "d"]);
    expect(Object.fromEntries(ids)).toStrictEqual({ a: 97, b: 98, c: null, d: 100 });
  });

  it("tells everybody who waits that nothing was stored, and fails", async () => {
    const ids: (number | null)[] = [];
    const registrar = new SourceRegistrar(() => Promise.reject(new Error("the disk is full")));
    for (const path of ["a", "b"]) void registrar.put({ row: rowOf(path), onId: (id) => ids.push(id) });
    await expect(registrar.drain()).rejects.toThrow("the disk is full");
    expect(ids).toStrictEqual([null, null]);
  });

  it("answers those too that come after a failure, and takes none of them", async () => {
    const answers = new Map<string, number | null>();
    let calls = 0;
    const registrar = new SourceRegistrar((rows) => {
      calls += 1;
      return calls === 1 ? Promise.resolve(rows.map(() => 1)) : Promise.reject(new Error("the disk is full"));
    });
    const put = (path: string) => registrar.put({ row: rowOf(path), onId: (id) => answers.set(path, id) });
    await put("a");
    await registrar.drain();
    await put("b");
    await expect(registrar.drain()).rejects.toThrow("the disk is full");
    await expect(put("c")).rejects.toThrow("the disk is full");
    await expect(registrar.drain()).rejects.toThrow("the disk is full");
    expect(Object.fromEntries(answers)).toStrictEqual({ a: 1, b: null, c: null });
    expect(calls).toBe(2);
  });

  it("gathers no more once somebody waits for all of them, also while the writer takes the first", async () => {
    vi.useFakeTimers();
    onTestFinished(() => void vi.useRealTimers());
    const calls: string[][] = [];
    const registrar = new SourceRegistrar((rows) => {
      calls.push(rows.map(({ path }) => path));
      return Promise.resolve(rows.map(() => 1));
    });
    for (const path of ["a", "b"]) await registrar.put({ row: rowOf(path), onId: () => {} });
    // No clock goes on here: a pause would never end.
    await registrar.drain();
    expect(calls.flat()).toStrictEqual(["a", "b"]);
    expect(vi.getTimerCount()).toBe(0);
  });
});
