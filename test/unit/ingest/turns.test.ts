import { describe, expect, it } from "vitest";
import { lotParsers } from "../../../src/main/engine/ingest/lot-sizes.ts";
import { Turns } from "../../../src/main/engine/ingest/turns.ts";

describe("turns", () => {
  it("are taken in the order of coming, and no more of them at a time than there are", async () => {
    const turns = new Turns(2);
    const said: string[] = [];
    const ends = new Map<string, () => void>();
    const taken = ["a", "b", "c", "d"].map((name) =>
      turns.take(async () => {
        said.push(name);
        await new Promise<void>((resolve) => ends.set(name, resolve));
      }),
    );
    expect(said).toEqual(["a", "b"]);
    ends.get("b")?.();
    await taken[1];
    expect(said).toEqual(["a", "b", "c"]);
    ends.get("a")?.();
    await taken[0];
    expect(said).toEqual(["a", "b", "c", "d"]);
    for (const end of ends.values()) end();
    await Promise.all(taken);
    expect(await turns.take(() => Promise.resolve("free again"))).toBe("free again");
  });

  it("are given on where one of them fails", async () => {
    const turns = new Turns(1);
    const failing = turns.take(() => Promise.reject(new Error("the lot failed")));
    const next = turns.take(() => Promise.resolve("the next"));
    await expect(failing).rejects.toThrow("the lot failed");
    expect(await next).toBe("the next");
  });

  it("leave every other parser to what is not a lot, and one to lots", () => {
    expect([1, 2, 3, 4].map(lotParsers)).toEqual([1, 1, 1, 2]);
  });
});
