import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, it, onTestFinished } from "vitest";
import { WorkerClient } from "../../../src/main/engine/threads/rpc.ts";

/** A thread that answers no call, but ends by it as `code` says. */
function endingThread(code: string, advice?: string): WorkerClient<{ ask(input: null): string }> {
  const folder = mkdtempSync(join(tmpdir(), "faultline-thread-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const file = join(folder, "asked.worker.mjs");
  writeFileSync(file, `import { parentPort } from "node:worker_threads"; parentPort.on("message", () => { ${code} });`);
  const client = new WorkerClient<{ ask(input: null): string }>(file, undefined, advice);
  onTestFinished(() => client.end());
  return client;
}

it.each([
  ["process.exit(3)", "A worker thread (asked) ended with code 3. Ask again."],
  ["throw new Error('A bug.')", "A worker thread (asked) ended: A bug. Ask again."],
  ["throw 'a bug'", "A worker thread (asked) ended: a bug. Ask again."],
  [
    // As Node says it; really to fill a heap takes seconds.
    "throw Object.assign(new Error('Worker terminated'), { code: 'ERR_WORKER_OUT_OF_MEMORY' })",
    "A worker thread (asked) ended: it needed more memory than it may have. Ask again.",
  ],
])("fails all who wait, and all who come, when the thread ends by %s", async (code, message) => {
  const client = endingThread(code, "Ask again.");
  const failure = { failure: { reason: "worker-ended", message } };
  const asked = [client.call("ask", null), client.call("ask", null)];
  await Promise.all(asked.map((answer) => expect(answer).rejects.toMatchObject(failure)));
  expect(client.hasEnded).toBe(true);
  await expect(client.call("ask", null)).rejects.toMatchObject(failure);
});
