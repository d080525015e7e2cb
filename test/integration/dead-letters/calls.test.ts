import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it, onTestFinished } from "vitest";
import { createWorkbench } from "../../../src/main/engine/workbench.ts";
import { CALLS, PUSHES, type CallInput, type CallName, type PushPayload } from "../../../src/shared/contract.ts";
import { temporaryFolder, workersFolder } from "../ingest/support.ts";
import { ALL, checkAccounts, good, goodLines } from "./support.ts";

describe("the calls about dead letters", () => {
  it("answer as their schemas say, from the first look to the last letter", async () => {
    const folder = temporaryFolder();
    writeFileSync(join(folder, "app.jsonl"), `${goodLines(10)}one\ntwo\nthree\n`);
    const workbench = createWorkbench({ dataFolder: temporaryFolder(), workersFolder });
    onTestFinished(() => workbench.close());
    const progress: PushPayload<"deadLetters.progress">[] = [];
    workbench.on("deadLetters.progress", (step) => progress.push(PUSHES["deadLetters.progress"].parse(step)));
    /** As the window calls: input and output pass their schemas. */
    const call = async <N extends CallName & keyof typeof workbench.calls>(name: N, input: CallInput<N>) => {
      const parsed = CALLS[name].input.parse(input) as CallInput<N>;
      const answer = await workbench.calls[name](parsed as never);
      return CALLS[name].output.parse(answer) as typeof answer;
    };
    const { file } = await workbench.openPaths([folder]);
    await workbench.idle();

    const list = await call("deadLetters.list", { sourceId: null, reason: null, limit: 10, after: null });
    expect(list.items.map(({ line }) => line)).toEqual([11, 12, 13]);
    const [first, second] = list.items.map(({ id }) => id);
    const groups = await call("deadLetters.groups", { sourceId: null, bySource: true, examples: 2 });
    expect(groups).toMatchObject([{ count: 3, examples: [{ id: first }, { id: second }] }]);

    const asIs = { format: null, zone: null, encoding: null };
    const preview = await call("deadLetters.preview", { id: first ?? 0, text: good(20, "mended"), ...asIs });
    expect(preview).toMatchObject({ format: "json-lines", recordCount: 1, records: [{ message: "mended" }] });
    const still = await call("deadLetters.preview", { id: first ?? 0, text: null, ...asIs });
    expect(still).toMatchObject({ recordCount: 0, faults: [{ reason: "invalid-json" }] });
    expect(await call("deadLetters.preview", { id: null, text: "level=info msg=hello", ...asIs })).toMatchObject({
      recordCount: 1,
    });

    const out = join(folder, "letters.out");
    expect(await call("deadLetters.export", { choice: ALL, file: out })).toEqual({ letters: 3 });
    expect(await call("deadLetters.edit", { id: first ?? 0, text: good(20, "mended") })).toMatchObject({
      edited: true,
    });
    expect(await call("deadLetters.get", { id: first ?? 0 })).toMatchObject({
      history: [{ action: "read" }, { action: "edited" }],
    });
    const choice = { which: "ids", ids: [first ?? 0] } as const;
    expect(await call("deadLetters.replay", { choice, text: null, ...asIs })).toMatchObject({ replayed: 1 });
    expect(progress.at(-1)).toEqual({ running: false, total: 1, done: 1, replayed: 1, failed: 0, skipped: 0 });
    const discarded = { choice: { which: "ids", ids: [second ?? 0] } as const, reason: "noise" };
    expect(await call("deadLetters.discard", discarded)).toEqual({ discarded: 1, skipped: 0 });
    expect(await call("deadLetters.import", { file: out })).toEqual({
      imported: 1,
      edited: 0,
      skipped: 2,
      refused: [],
    });
    expect(await call("deadLetters.cancelReplay", null)).toBeNull();
    await expect(call("import.continue", { sourceId: 1, deadLetters: "count" })).rejects.toMatchObject({
      failure: { reason: "not-paused" },
    });
    await workbench.idle();
    expect(await call("case.info", null)).toMatchObject({ read: 13, records: 11, deadLetters: 2, skipped: 0 });
    checkAccounts(file);
  });
});
