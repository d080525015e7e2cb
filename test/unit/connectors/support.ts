// What the tests of connectors share: a folder that goes away, and a context that remembers what was said.
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { onTestFinished } from "vitest";
import type { Chunk, ConnectorContext } from "../../../src/main/engine/connectors/connector.ts";
import { locate, type Located } from "../../../src/main/engine/connectors/locate.ts";
import { runDirectly } from "../../../src/main/engine/resilience/run.ts";

export function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), "faultline-test-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

export interface TestContext extends ConnectorContext {
  readonly said: string[];
  cancel(): void;
}

export function contextOf(run = runDirectly): TestContext {
  const controller = new AbortController();
  const said: string[] = [];
  return {
    run,
    signal: controller.signal,
    said,
    say: (message) => said.push(message),
    cancel: () => controller.abort(),
  };
}

export async function located(paths: readonly string[], context = contextOf()): Promise<Located[]> {
  return await gathered(locate(paths, context));
}

export async function onlySource(path: string, context = contextOf()): Promise<Extract<Located, { type: "source" }>> {
  const [first, ...rest] = await located([path], context);
  if (first?.type !== "source" || rest.length > 0)
    throw new Error(`expected one source, got ${JSON.stringify([first, ...rest])}`);
  return first;
}

export async function gathered<T>(items: AsyncIterable<T>): Promise<T[]> {
  const list: T[] = [];
  for await (const item of items) list.push(item);
  return list;
}

export async function bytesOf(chunks: AsyncIterable<Chunk>): Promise<Buffer> {
  return Buffer.concat((await gathered(chunks)).map((chunk) => chunk.bytes));
}
