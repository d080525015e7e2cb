import { describe, expect, it, vi } from "vitest";
import { withFallback } from "../../../src/main/engine/resilience/fallback.ts";
import { codeError, fakeContext, never } from "./support.ts";

const broken = codeError("ECONNRESET");

describe("a fallback", () => {
  it("is not asked when the call succeeds", async () => {
    const { context } = fakeContext();
    const give = vi.fn<() => Promise<number>>();
    await expect(withFallback(() => Promise.resolve(1), give, context, never)).resolves.toEqual({
      value: 1,
      stale: false,
    });
    expect(give).not.toHaveBeenCalled();
  });
  it("gives the older answer, marked stale, and says so", async () => {
    const { context, events } = fakeContext();
    const give = vi.fn<() => Promise<number>>().mockResolvedValue(0);
    await expect(withFallback(() => Promise.reject(broken), give, context, never)).resolves.toEqual({
      value: 0,
      stale: true,
    });
    expect(give).toHaveBeenCalledWith(broken, never);
    expect(events).toEqual([{ type: "fallback", name: "http:api", errorClass: "connection" }]);
  });
  it("leaves the failure when there is none, when it has nothing and when it fails itself", async () => {
    const { context, events } = fakeContext();
    const failing = (): Promise<number> => Promise.reject(broken);
    await expect(withFallback(failing, undefined, context, never)).rejects.toBe(broken);
    await expect(withFallback(failing, () => Promise.resolve(undefined), context, never)).rejects.toBe(broken);
    await expect(withFallback(failing, () => Promise.reject(new Error("none")), context, never)).rejects.toBe(broken);
    expect(events).toEqual([]);
  });
  it("is not asked for a call that nobody waits for any more", async () => {
    const { context } = fakeContext();
    const give = vi.fn<() => Promise<number>>();
    await expect(withFallback(() => Promise.reject(broken), give, context, AbortSignal.abort())).rejects.toBe(broken);
    expect(give).not.toHaveBeenCalled();
  });
});
