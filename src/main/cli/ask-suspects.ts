/** The search for causes in a case as it is stored, in a thread of its own that ends with it. */
import type { AnalysisMethods, RevisedVerdict, SuspectProgress } from "../engine/analysis/protocol.ts";
import type { GivenWindows } from "../engine/suspects/onset.ts";
import { WorkerClient } from "../engine/threads/rpc.ts";
import { workerFile } from "../engine/workers.ts";
import type { Terminal } from "./terminal.ts";

export async function askSuspects(
  file: string,
  windows: GivenWindows,
  workersFolder: string,
  terminal: Terminal,
): Promise<RevisedVerdict> {
  const worker = new WorkerClient<AnalysisMethods>(workerFile(workersFolder, "analysis"));
  worker.onEvent = (event) => terminal.progress(`${(event as SuspectProgress).what} …`);
  try {
    return await worker.call("suspects", { file, windows });
  } finally {
    terminal.endProgress();
    await worker.end();
  }
}
