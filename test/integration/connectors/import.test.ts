// Faults in the middle of an import into a real case: what was read counts exactly, whatever happened.
import { appendFileSync, rmSync, truncateSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it, vi } from "vitest";
import type { Source } from "../../../src/shared/model/source.ts";
import { faultyFiles, type FileFault } from "../../support/fault-fs.ts";
import { temporaryFolder, testImport } from "../ingest/support.ts";
import { layer, type Layer } from "./support.ts";

const LINES = 20_000;
const line = (index: number): string =>
  `${JSON.stringify({ time: new Date(1_772_373_600_000 + index).toISOString(), level: "info", msg: `request ${index}` })}\n`;
const TEXT = Array.from({ length: LINES }, (_, index) => line(index)).join("");

async function imported(
  plan: (read: number, path: string, policies: Layer) => FileFault | null,
): Promise<{ readonly source: Source; readonly policies: Layer }> {
  const path = join(temporaryFolder(), "app.jsonl");
  writeFileSync(path, TEXT);
  const policies = layer();
  const files = faultyFiles(({ operation }, attempt) => (operation === "read" ? plan(attempt, path, policies) : null));
  const one = await testImport({ run: files.through(policies.run) });
  await policies.finish(one.read(path));
  return { source: one.source("app.jsonl"), policies };
}

const accounted = ({ read, records, deadLetters, skipped }: Source): boolean =>
  read === records + deadLetters + skipped;
const meanwhile = (act: () => void): FileFault => ({ type: "meanwhile", act });

describe("an import", () => {
  it("of a file whose every read fails once holds every record once", async () => {
    const { source } = await imported((read) => (read % 2 === 1 ? { type: "error", code: "EIO" } : null));
    expect(source).toMatchObject({ state: "done", records: LINES, deadLetters: 0, skipped: 0 });
  });

  it.each([
    ["a day back", -86_400_000],
    ["a day forward", 86_400_000],
  ])("does not mind a clock that jumps %s", async (_, byMs) => {
    const { source, policies } = await imported((read, _path, { clock }) =>
      read > 1 ? meanwhile(() => clock.setWall(byMs)) : null,
    );
    expect(source).toMatchObject({ state: "done", records: LINES });
    expect(policies.events.filter(({ type }) => type !== "call")).toEqual([]);
  });

  it.each([
    ["five minutes", 5 * 60_000],
    ["a night", 8 * 3_600_000],
  ])("that the machine sleeps through for %s goes on when it wakes", async (_, sleptMs) => {
    const path = join(temporaryFolder(), "app.jsonl");
    writeFileSync(path, TEXT);
    const policies = layer();
    const files = faultyFiles(({ operation }, attempt) =>
      operation === "read" && attempt === 2 ? { type: "stall" } : null,
    );
    const one = await testImport({ run: files.through(policies.run) });
    const reading = one.read(path);
    await vi.waitUntil(() => files.attempts.filter(({ operation }) => operation === "read").length === 2);
    // On a clock that counts sleep the attempt under way has run out of time, and is made again.
    policies.clock.jump(sleptMs);
    await policies.clock.advance(0);
    await policies.finish(reading);
    expect(one.source("app.jsonl")).toMatchObject({ state: "done", records: LINES });
  });

  it("of a mount that goes stale for good keeps what came before, says why, and adds up", async () => {
    const { source } = await imported((read) => (read > 1 ? { type: "error", code: "ESTALE" } : null));
    expect(source.state).toBe("failed");
    expect(source.messages[0]).toContain("has gone stale; mount it again");
    expect(source.records).toBeGreaterThan(1_000);
    expect(source.records).toBeLessThan(LINES);
    expect(accounted(source)).toBe(true);
  });

  it.each([
    ["vanishes", rmSync, LINES],
    ["grows", (path: string) => appendFileSync(path, line(LINES)), LINES],
  ])("of a file that %s while it is read holds all that it was", async (_, act, records) => {
    const { source } = await imported((read, path) => (read === 2 ? meanwhile(() => act(path)) : null));
    expect(source).toMatchObject({ state: "done", records });
  });

  it("of a file that is cut while it is read holds what was there, and adds up", async () => {
    const { source } = await imported((read, path) =>
      read === 2 ? meanwhile(() => truncateSync(path, 400_000)) : null,
    );
    expect(source.messages.join(" ")).toContain("was cut to 400000 of");
    expect(source.records).toBeGreaterThan(1_000);
    expect(accounted(source)).toBe(true);
  });

  it("of a file that changed and cannot be read now keeps what was read before, and says that it is stale", async () => {
    const path = join(temporaryFolder(), "app.jsonl");
    writeFileSync(path, TEXT);
    let isBroken = false;
    const policies = layer();
    const files = faultyFiles(({ operation }) =>
      isBroken && operation === "read" ? { type: "error", code: "EACCES" } : null,
    );
    const one = await testImport({ run: files.through(policies.run) });
    await policies.finish(one.read(path));
    appendFileSync(path, line(LINES));
    isBroken = true;
    await policies.finish(one.read(path));
    expect(one.source("app.jsonl")).toMatchObject({ state: "done", records: LINES });
    expect(one.source("app.jsonl").messages[0]).toMatch(
      /^Stale: .* What is shown was read on \d{4}-\d\d-\d\d at \d\d:\d\d:\d\d UTC\.$/u,
    );
    expect(one.failures.at(-1)?.message).toContain("What the case holds of it stays.");
    const { readAt } = one.source("app.jsonl");
    expect(policies.events.filter(({ type }) => type === "fallback")).toMatchObject([
      { name: `file:${path}`, operation: "read", errorClass: "permission", goodAt: readAt },
    ]);
    isBroken = false;
    await policies.finish(one.read(path));
    expect(one.source("app.jsonl")).toMatchObject({ state: "done", records: LINES + 1, messages: [] });
  });
  it("of a file that is gone by now keeps what was read before, by the fallback of the very look at it", async () => {
    const path = join(temporaryFolder(), "app.jsonl");
    writeFileSync(path, TEXT);
    const policies = layer();
    const one = await testImport({ run: policies.run });
    await policies.finish(one.read(path));
    const { readAt } = one.source("app.jsonl");
    rmSync(path);
    await policies.finish(one.read(path));
    expect(one.source("app.jsonl")).toMatchObject({ state: "done", records: LINES, readAt });
    expect(one.source("app.jsonl").messages[0]).toMatch(/^Stale: .*there is no such file or folder/u);
    expect(policies.events.filter(({ type }) => type === "fallback")).toMatchObject([
      { name: `file:${path}`, operation: "open", errorClass: "not-found", goodAt: readAt },
    ]);
  });

  it("of a target whose breaker is open is answered by the case at once, without an attempt", async () => {
    const path = join(temporaryFolder(), "app.jsonl");
    writeFileSync(path, TEXT);
    const policies = layer();
    const one = await testImport({ run: policies.run });
    await policies.finish(one.read(path));
    policies.resilience.breakers.get({ connector: "file", target: path }).holdOpen("Ada");
    await policies.finish(one.read(path));
    expect(one.source("app.jsonl")).toMatchObject({ state: "done", records: LINES });
    expect(one.source("app.jsonl").messages[0]).toContain("not called, because Ada holds it");
  });
});
