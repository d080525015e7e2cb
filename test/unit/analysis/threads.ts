// Threads in place of the analysis worker, which answer as a test says.
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { onTestFinished } from "vitest";

/**
 * The file of a thread that answers every call with what `answer` gives: code with `call` (from 1, counted over all
 * threads), `threadId` and `untilCancelled()`, which throws when the caller has lost interest.
 */
export function threadThatAnswers(answer: string): string {
  const folder = mkdtempSync(join(tmpdir(), "faultline-thread-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const file = join(folder, "answering.mjs");
  const count = JSON.stringify(join(folder, "calls"));
  writeFileSync(
    file,
    `
  import { appendFileSync, readFileSync } from "node:fs";
  import { parentPort, threadId } from "node:worker_threads";
  parentPort.on("message", ({ id, cancel }) => {
    appendFileSync(${count}, ".");
    const call = readFileSync(${count}).length;
    const untilCancelled = () => {
      const flag = new Int32Array(cancel);
      while (Atomics.load(flag, 0) === 0) Atomics.wait(flag, 0, 0, 5);
      throw new Error("cancelled");
    };
    try {
      parentPort.postMessage({ id, value: ${answer} });
    } catch ({ message }) {
      parentPort.postMessage({ id, failure: { reason: message, message } });
    }
  });`,
  );
  return file;
}
