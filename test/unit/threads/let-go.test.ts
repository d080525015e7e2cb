import { expect, it } from "vitest";
import { letGo } from "../../../src/main/engine/threads/let-go.ts";

/** Node.js 20 has no way to give it back. */
const gives = typeof ArrayBuffer.prototype.transfer === "function";

it.runIf(gives)("gives the memory of arrays back, also where two of them lie in the same", () => {
  const shared = new ArrayBuffer(100_000);
  const [first, second, own] = [new Uint8Array(shared, 0, 10), new Uint8Array(shared, 10), new Uint8Array(50_000)];
  letGo([first, second, own]);
  expect([first, second, own].map(({ byteLength }) => byteLength)).toEqual([0, 0, 0]);
  expect(shared.detached).toBe(true);
});

it("leaves memory that threads share", () => {
  const shared = new Uint8Array(new SharedArrayBuffer(64));
  letGo([shared]);
  expect(shared.byteLength).toBe(64);
});
