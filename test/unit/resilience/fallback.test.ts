import { describe, expect, it, vi } from "vitest";
import { withFallback } from "../../../src/main/engine/resilience/fallback.ts";
import type { Fallback } from "../../../src/shared/run.ts";
import { micros } from "../../../src/shared/units.ts";
import { codeError, fakeContext, never } from "./support.ts";

const NOON = micros(Date.UTC(2026, 2, 1, 12) * 1_000);
const broken = codeError("ECONNRESET");

describe("a fallback", () => {
  it("is not asked when the call succeeds", async () => {
    const { context } = fakeContext();
    const give = vi.fn<Fallback<number>>();
    await expect(withFallback(() => Promise.resolve(1), give, context, never)).resolves.toEqual({
      value: 1,
      stale: null,
    });
    expect(give).not.toHaveBeenCalled();
  });
  it("gives the older answer, marked stale, and says so", async () => {
    const { context, events } = fakeContext();
    const give = vi.fn<Fallback<number>>().mockResolvedValue({ value: 0, goodAt: NOON });
    await expect(withFallback<number>(() => Promise.reject(broken), give, context, never)).resolves.toEqual({
      value: 0,
      stale: { goodAt: NOON, errorClass: "connection", message: "ECONNRESET: it went wrong" },
    });
    expect(give).toHaveBeenCalledWith(broken, never);
    expect(events).toEqual([{ type: "fallback", name: "http:api", errorClass: "connection", goodAt: NOON }]);
  });
  it("leaves the failure when there is none, when it has nothing and when it fails itself", async () => {
    const { context, events } = fakeContext();
    const failing = (): Promise<number> => Promise.reject(broken);
    await expect(withFallback(failing, undefined, context, never)).rejects.toBe(broken);
    await expect(withFallback(failing, () => Promise.resolve(null), context, never)).rejects.toBe(broken);
    await expect(withFallback(failing, () => Promise.reject(new Error("none")), context, never)).rejects.toBe(broken);
    expect(events).toEqual([]);
  });
  it("is not asked for a call that nobody waits for any more", async () => {
    const { context } = fakeContext();
    const give = vi.fn<Fallback<number>>();
    await expect(withFallback<number>(() => Promise.reject(broken), give, context, AbortSignal.abort())).rejects.toBe(
      broken,
    );
    expect(give).not.toHaveBeenCalled();
  });
});
