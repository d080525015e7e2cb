/**
 * A case that is only looked at: its reader alone, no writer, so that it may be open elsewhere. One of an older version
 * is backed up and brought up to date first, for which it must be writable.
 */
import { resolve } from "node:path";
import { asFailure } from "../../shared/failure.ts";
import type { ReaderMethods } from "../engine/query/protocol.ts";
import type { WriterMethods } from "../engine/store/writer-methods.ts";
import { WorkerClient } from "../engine/threads/rpc.ts";
import { workerFile } from "../engine/workers.ts";

export async function withCase<T>(
  path: string,
  workersFolder: string,
  use: (reader: WorkerClient<ReaderMethods>) => Promise<T>,
): Promise<T> {
  const reader = new WorkerClient<ReaderMethods>(workerFile(workersFolder, "reader"));
  try {
    const file = resolve(path);
    try {
      await reader.call("open", { file });
    } catch (thrown) {
      if (asFailure(thrown).reason !== "older-case") throw thrown;
      await bringUpToDate(file, workersFolder);
      await reader.call("open", { file });
    }
    return await use(reader);
  } finally {
    await reader.end();
  }
}

async function bringUpToDate(file: string, workersFolder: string): Promise<void> {
  const writer = new WorkerClient<WriterMethods>(workerFile(workersFolder, "writer"));
  try {
    await writer.call("open", { file, create: false, title: "" });
    await writer.call("close", null);
  } finally {
    await writer.end();
  }
}
