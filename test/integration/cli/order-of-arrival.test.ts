// What is concluded must not depend on what was dropped first: the files of one incident, in several orders.
import { readdirSync } from "node:fs";
import { join, resolve } from "node:path";
import { describe, expect, it } from "vitest";
import { temporaryFolder } from "../ingest/support.ts";
import { faultline } from "./support.ts";

const SAMPLE = resolve("resources/sample-incident");
const files = readdirSync(SAMPLE, { recursive: true, withFileTypes: true })
  .filter((entry) => entry.isFile())
  .map((entry) => join(entry.parentPath, entry.name))
  .toSorted();

/** Fisher and Yates' shuffle by a generator of Lehmer's, so that each order can be made again. */
function shuffled<T>(all: readonly T[], seed: number): T[] {
  const order = [...all];
  let state = seed;
  for (let last = order.length - 1; last > 0; last--) {
    state = (state * 48_271) % 2_147_483_647;
    const other = state % (last + 1);
    [order[last], order[other]] = [order[other] as T, order[last] as T];
  }
  return order;
}

const ORDERS = [files.toReversed(), shuffled(files, 4_242)];

describe("the order in which files are dropped", () => {
  it("changes nothing of the suspects", async () => {
    const { code, stdout: expected } = await faultline(["suspects", ...files, "--json"]);
    expect(code).toBe(0);
    expect(JSON.parse(expected)).toMatchObject({ abstained: false });
    for (const order of ORDERS) expect((await faultline(["suspects", ...order, "--json"])).stdout).toBe(expected);
  });

  it("changes nothing of the anomalies", async () => {
    const { stdout: expected } = await faultline(["anomalies", ...files, "--json"]);
    expect(expected).toContain('"method":');
    for (const order of ORDERS) expect((await faultline(["anomalies", ...order, "--json"])).stdout).toBe(expected);
  });

  it("changes nothing where files come late to a case that is there", async () => {
    const verdicts = new Set<string>();
    for (const order of [files, files.toReversed()]) {
      const file = join(temporaryFolder(), "late.faultline");
      const half = Math.floor(order.length / 2);
      await faultline(["analyze", ...order.slice(0, half), "--case", file]);
      await faultline(["analyze", ...order.slice(half), "--case", file]);
      const { stdout } = await faultline(["suspects", file, "--json"]);
      // Records are called after the number under which the case keeps them.
      verdicts.add(stdout.replaceAll(/"record":"s\d+:\d+"/gu, '"record":""'));
    }
    expect(verdicts.size).toBe(1);
  });
});
