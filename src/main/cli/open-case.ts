/** A case that is only looked at: its reader alone, no writer, so that it may be open elsewhere. */
import { resolve } from "node:path";
import type { ReaderMethods } from "../engine/query/protocol.ts";
import { WorkerClient } from "../engine/threads/rpc.ts";
import { workerFile } from "../engine/workers.ts";

export async function withCase<T>(
  path: string,
  workersFolder: string,
  use: (reader: WorkerClient<ReaderMethods>) => Promise<T>,
): Promise<T> {
  const reader = new WorkerClient<ReaderMethods>(workerFile(workersFolder, "reader"));
  try {
    await reader.call("open", { file: resolve(path) });
    return await use(reader);
  } finally {
    await reader.end();
  }
}
