import { describe, expect, it } from "vitest";
import { BreakerRegistry } from "../../../src/main/engine/resilience/breaker-registry.ts";
import type { CircuitBreaker } from "../../../src/main/engine/resilience/circuit-breaker.ts";
import { BREAKER } from "../../../src/main/engine/resilience/defaults.ts";
import { Keyed } from "../../../src/main/engine/resilience/keyed.ts";
import { broken } from "./breaker-support.ts";
import { type FakeClock, fakeContext } from "./support.ts";

function aRegistry(capacity = 1_000, clock?: FakeClock) {
  const faked = fakeContext();
  const registry = new BreakerRegistry(() => BREAKER, { ...faked.context, clock: clock ?? faked.clock }, capacity);
  const get = (target: string): CircuitBreaker => registry.get({ connector: "file", target });
  const open = (target: string): void => {
    for (let time = 0; time < 5; time += 1) {
      const admission = get(target).admit();
      if (admission.admitted) admission.permit.fail(1, broken);
    }
  };
  return { registry, get, open, clock: clock ?? faked.clock };
}

describe("the registry", () => {
  it("has one breaker for each connector and target", () => {
    const { registry, get } = aRegistry();
    expect(get("/logs/a")).toBe(get("/logs/a"));
    expect(get("/logs/a")).not.toBe(get("/logs/b"));
    expect(registry.get({ connector: "gzip", target: "/logs/a" })).not.toBe(get("/logs/a"));
  });

  it("finds a breaker by the name that is shown, colons in its target too", () => {
    const { registry, get } = aRegistry();
    const breaker = get("C:\\logs");
    expect(breaker.name).toBe("file:C:\\logs");
    expect(registry.find("file:C:\\logs")).toBe(breaker);
    expect(breaker.status()).toMatchObject({ connector: "file", target: "C:\\logs" });
    expect(registry.find("file:/elsewhere")).toBeUndefined();
    expect(registry.statuses()).toHaveLength(1);
  });

  it("tells how all of them are", () => {
    const { registry, get, open } = aRegistry();
    expect(registry.overall()).toBe("healthy");
    for (const target of ["a", "b", "c", "d"]) get(target);
    expect(registry.overall()).toBe("healthy");
    open("a");
    expect(registry.overall()).toBe("degraded");
    open("b");
    expect(registry.overall()).toBe("degraded");
    open("c");
    expect(registry.overall()).toBe("critical");
    expect(registry.statuses().map(({ target, health }) => [target, health])).toEqual([
      ["a", 0],
      ["b", 0],
      ["c", 0],
      ["d", 100],
    ]);
  });

  it("does not count as open what is being tried out", () => {
    const { registry, open, clock } = aRegistry();
    open("a");
    clock.jump(30_000);
    expect(registry.overall()).toBe("healthy");
    expect(registry.statuses()).toMatchObject([{ state: "half-open", health: 50 }]);
  });

  it("writes down what would not be the same anew, and takes it up again", () => {
    const first = aRegistry();
    first.get("untouched");
    first.open("open");
    first.get("held").holdOpen("Ada");
    first.get("reset").reset("Ada");
    first.get("disabled").disable("Ada");
    const failedOnce = first.get("failed once").admit();
    if (failedOnce.admitted) failedOnce.permit.fail(1, broken);
    const saved = JSON.parse(JSON.stringify(first.registry.snapshot())) as unknown[];
    expect(saved).toHaveLength(5);

    const { registry } = aRegistry(undefined, first.clock);
    expect(registry.restore(saved)).toEqual({ restored: 5, failures: [] });
    const shown = registry.statuses().map(({ target, state, mode }) => [target, state, mode]);
    expect(shown).toEqual([
      ["open", "open", "automatic"],
      ["held", "open", "held-open"],
      ["reset", "closed", "automatic"],
      ["disabled", "closed", "disabled"],
      ["failed once", "closed", "automatic"],
    ]);
  });

  it("sets damaged rows aside with a sentence each, and takes up the others", () => {
    const first = aRegistry();
    first.open("a");
    const good = first.registry.snapshot();
    const { registry } = aRegistry(undefined, first.clock);
    const rows = [null, 5, {}, { connector: "file" }, { connector: 1, target: "x" }, { connector: "file", target: 1 }];
    const result = registry.restore([...rows, { connector: "file", target: "b", state: "odd" }, ...good]);
    expect(result.restored).toBe(1);
    expect(result.failures).toHaveLength(7);
    expect(result.failures[0]).toEqual({
      reason: "damaged-state",
      message: "A saved breaker does not say what it belongs to and was set aside; that breaker begins closed.",
    });
    expect(result.failures[6]?.message).toContain("file:b");
    expect(registry.find("file:a")?.status().state).toBe("open");
  });

  it("lets breakers go that hold nothing, when there are many, and keeps the others", () => {
    const { registry, get, open } = aRegistry(3);
    open("open");
    get("a");
    get("b");
    get("c");
    expect(registry.statuses().map(({ target }) => target)).toEqual(["open", "c"]);
  });
});

describe("things by key", () => {
  it("are looked through again only when there are twice as many as could not go", () => {
    let asked = 0;
    const isIdle = (): boolean => {
      asked += 1;
      return false;
    };
    const keyed = new Keyed((key) => key, { capacity: 4, isIdle });
    for (let key = 0; key < 100; key += 1) keyed.get(String(key));
    expect(keyed.size).toBe(100);
    expect(asked).toBe(4 + 8 + 16 + 32 + 64);
    expect([...keyed.values()].slice(0, 2)).toEqual(["0", "1"]);
    expect(keyed.find("99")).toBe("99");
    expect(keyed.find("100")).toBeUndefined();
  });
  it("are looked through at their capacity again when there was room", () => {
    const keyed = new Keyed((key) => key, { capacity: 4, isIdle: () => true });
    for (let key = 0; key < 9; key += 1) keyed.get(String(key));
    expect([...keyed.values()]).toEqual(["8"]);
  });
  it("are all kept where no room is named", () => {
    const keyed = new Keyed((key) => key);
    for (let key = 0; key < 100; key += 1) keyed.get(String(key));
    expect(keyed.size).toBe(100);
  });
});
