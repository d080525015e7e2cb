import { spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it, onTestFinished } from "vitest";
import { openCaseReader } from "../../../src/main/engine/store/case-reader.ts";
import type { WriterMethods } from "../../../src/main/engine/store/writer-methods.ts";
import { WorkerClient } from "../../../src/main/engine/threads/rpc.ts";

const WRITER = join(import.meta.dirname, "..", "..", "..", "out", "main", "writer.worker.js");
const LOOP = join(import.meta.dirname, "commit-loop.ts");

function temporaryCase(): string {
  const folder = mkdtempSync(join(tmpdir(), "faultline-killed-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return join(folder, "killed.faultline");
}

/** Kills the process at its `commits`-th commit, or a little later; answers with the last one it acknowledged. */
function commitUntilKilled(file: string, commits: number): Promise<number> {
  const child = spawn(process.execPath, [LOOP, WRITER, file], { stdio: ["ignore", "pipe", "pipe"] });
  let printed = "";
  let errors = "";
  child.stderr.on("data", (chunk: Buffer) => (errors += chunk.toString()));
  child.stdout.on("data", (chunk: Buffer) => {
    printed += chunk.toString();
    if (printed.split("\n").length > commits) child.kill("SIGKILL");
  });
  return new Promise((resolve, reject) => {
    child.on("close", (code, signal) => {
      if (signal === "SIGKILL") resolve(Number(printed.split("\n").at(-2)));
      else reject(new Error(`the process ended with ${code}: ${errors}`));
    });
  });
}

describe("a process killed while it commits", () => {
  it("leaves a whole case that holds every commit it acknowledged, time after time", async () => {
    const file = temporaryCase();
    for (const commits of [1, 2, 7, 30, 90]) {
      const acknowledged = await commitUntilKilled(file, commits);
      const writer = new WorkerClient<WriterMethods>(WRITER);
      await writer.call("open", { file, create: false, title: "" });
      {
        using reader = openCaseReader(file);
        expect(reader.db.pragma("integrity_check", { simple: true })).toBe("ok");
        expect(reader.db.pragma("foreign_key_check")).toStrictEqual([]);
        const [source] = reader.sources();
        const segments = reader.segments();
        const { letters } = reader.db
          .prepare<[], { letters: number }>("SELECT COUNT(*) AS letters FROM dead_letter")
          .get()!;
        expect(segments.length).toBeGreaterThanOrEqual(acknowledged);
        expect(source).toMatchObject({
          records: segments.length * 2_000,
          deadLetters: letters,
          read: segments.length * 2_000 + letters,
        });
        expect(letters).toBe(segments.length);
        for (const { id } of segments) expect(reader.columns(id).time.length).toBe(2_000);
        const stored = [...reader.rawBlocks(source!.id)].reduce((sum, { bytes }) => sum + bytes.length, 0);
        expect(stored).toBe(segments.length * 64_000);
      }
      await writer.call("close", null);
      await writer.end();
    }
  });

  it("gives the case back to the next process, but not while it lives", async () => {
    const file = temporaryCase();
    const first = new WorkerClient<WriterMethods>(WRITER);
    const second = new WorkerClient<WriterMethods>(WRITER);
    onTestFinished(async () => {
      await first.end();
      await second.end();
    });
    await first.call("open", { file, create: true, title: "x" });
    await expect(commitUntilKilled(file, 1)).rejects.toThrow(/is open in another Faultline/);
    await expect(second.call("open", { file, create: false, title: "" })).rejects.toMatchObject({
      failure: { reason: "case-in-use" },
    });
    await expect(second.call("commit", {} as never)).rejects.toMatchObject({ failure: { reason: "no-case" } });
    await first.call("close", null);
    expect(await second.call("open", { file, create: false, title: "" })).toMatchObject({ backup: null });
    await second.call("close", null);
  });
});
