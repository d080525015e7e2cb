// What is concluded rests on what was read, and not on when: an incident dropped at once, and bit by bit with an
// analysis in between, tell the same.
import { readdirSync } from "node:fs";
import { join, resolve } from "node:path";
import { expect, it, onTestFinished } from "vitest";
import { createWorkbench } from "../../../src/main/engine/workbench.ts";
import { temporaryFolder, workersFolder } from "./support.ts";

const SAMPLE = resolve("resources/sample-incident");

interface Evidence {
  readonly for: boolean;
  readonly weight: number;
}

/** Everything that is concluded of a case into which each group of paths is dropped once the one before is analysed. */
async function conclusions(drops: readonly (readonly string[])[]) {
  const workbench = createWorkbench({ dataFolder: temporaryFolder(), workersFolder });
  onTestFinished(() => workbench.close());
  const { calls } = workbench;
  const [first = [], ...later] = drops;
  await workbench.openPaths(first);
  for (const paths of later) {
    await workbench.idle();
    await calls["suspects.find"]({ baseline: null, incident: null });
    await calls["case.add"]({ paths });
  }
  await workbench.idle();
  const sources = await calls["sources.list"](undefined);
  const pathOf = new Map(sources.map(({ id, path }) => [id, path]));
  const { revision: _, ...verdict } = await calls["suspects.find"]({ baseline: null, incident: null });
  const events = await calls["events.list"]({
    filter: {},
    limit: 1_000,
    after: null,
  });
  const found = {
    verdict,
    events: events.items,
    anomalies: await calls["anomalies.list"]({ from: null, to: null }),
  };
  return JSON.parse(JSON.stringify(found), (key, value: unknown) => {
    // Numbers by the order of reading, and what is made of them.
    if (key === "sourceId") return pathOf.get(value as number);
    // Of sources that say the same, the one that was stored first is quoted: threads race for that at any drop.
    if (key === "evidence" && Array.isArray(value)) return (value as Evidence[]).map((one) => [one.for, one.weight]);
    return ["id", "record", "fingerprint", "place"].includes(key) ? undefined : value;
  }) as { verdict: { suspects: unknown[] }; events: { time: number; title: string }[]; anomalies: unknown[] };
}

const byTime = <T>(rows: readonly T[]): T[] =>
  rows.toSorted((a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1));

it("tells the same of sources that come after the analysis as of those that were there at its start", async () => {
  const all = readdirSync(SAMPLE)
    .toSorted()
    .map((name) => join(SAMPLE, name));
  const atOnce = await conclusions([[SAMPLE]]);
  const late = await conclusions([all.slice(0, 5), all.slice(5)]);
  expect(atOnce.verdict.suspects.length).toBeGreaterThan(0);
  expect(late.verdict).toEqual(atOnce.verdict);
  expect(byTime(late.events)).toEqual(byTime(atOnce.events));
  expect(byTime(late.anomalies)).toEqual(byTime(atOnce.anomalies));
});
