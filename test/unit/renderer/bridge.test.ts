import { afterEach, describe, expect, it } from "vitest";
import { call, on, pathsOf } from "../../../src/renderer/bridge.ts";

const answering = (answer: unknown): void => {
  Object.assign(globalThis, {
    window: { faultline: { call: () => Promise.resolve(answer), on: () => () => {}, pathForFile: () => "" } },
  });
};

afterEach(() => {
  Reflect.deleteProperty(globalThis, "window");
});

describe("a call to the engine", () => {
  it("gives the answer that the contract promises", async () => {
    answering({ ok: true, value: [{ value: "checkout", count: 3 }] });
    await expect(call("filter.values", { field: "service", prefix: "", limit: 5 })).resolves.toEqual([
      { value: "checkout", count: 3 },
    ]);
  });

  it("throws the engine's own sentence for a failure", async () => {
    answering({ ok: false, failure: { reason: "not-found", message: "No record s1:2 stands in this case." } });
    await expect(call("records.detail", { ref: "s1:2" })).rejects.toThrow("No record s1:2 stands in this case.");
  });

  it("says where an answer breaks the contract, not how its schema is written", async () => {
    answering({ ok: true, value: [{ value: "checkout", count: -1 }] });
    await expect(call("filter.values", { field: "service", prefix: "", limit: 5 })).rejects.toThrow(
      "The engine's answer to filter.values is not what the window expects (0.count).",
    );
  });
});

it("hands a push on only after it was read", () => {
  let push = (_payload: unknown): void => {};
  Object.assign(globalThis, {
    window: { faultline: { on: (_: string, listener: typeof push) => ((push = listener), () => {}) } },
  });
  const heard: unknown[] = [];
  on("app.failure", (payload) => heard.push(payload));
  push({ reason: "disk-full", message: "No space is left." });
  expect(() => push({ reason: 7 })).toThrow("expected string");
  expect(heard).toEqual([{ reason: "disk-full", message: "No space is left." }]);
});

it("leaves out dropped things that are no files on disk", () => {
  const paths = ["/dumps/app.jsonl", ""];
  Object.assign(globalThis, { window: { faultline: { pathForFile: () => paths.shift() } } });
  const dropped = [new File([], "app.jsonl"), new File([], "picture")];
  expect(pathsOf(dropped as unknown as FileList)).toEqual(["/dumps/app.jsonl"]);
});
