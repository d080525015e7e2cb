// Cases in a folder of their own, and records to fill them with.
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { onTestFinished } from "vitest";
import type { CaseWriter } from "../../../src/main/engine/store/case-writer.ts";
import { openCaseWriter } from "../../../src/main/engine/store/open-case-writer.ts";
import type { Batch } from "../../../src/main/engine/store/protocol.ts";
import { compressBlock } from "../../../src/main/engine/store/raw-block.ts";
import { SegmentBuilder } from "../../../src/main/engine/store/segment/builder.ts";
import { asFailure } from "../../../src/shared/failure.ts";
import type { NewEvent } from "../../../src/shared/model/event.ts";
import type { RecordInput } from "../../../src/shared/model/record.ts";
import { micros } from "../../../src/shared/units.ts";

export const T0 = 1_760_000_000_000_000;

/** What `work` fails with. */
export const failureOf = (work: () => unknown): { reason: string; message: string } => {
  try {
    work();
  } catch (thrown) {
    return asFailure(thrown);
  }
  throw new Error("nothing was thrown");
};

export function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), "faultline-store-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

export function newCase(file = join(temporaryFolder(), "outage.faultline")): { file: string; writer: CaseWriter } {
  const writer = openCaseWriter({ file, create: true, title: "checkout outage" });
  onTestFinished(() => writer[Symbol.dispose]());
  return { file, writer };
}

export const newSource = (path = "app.jsonl", identity = "1") => ({
  path,
  connector: "file",
  zone: "UTC",
  bytes: 10,
  identity,
});

export const record = (row: number, more: Partial<RecordInput> = {}): RecordInput => ({
  kind: "log",
  time: { micros: micros(T0 + row), nanos: 0, digits: 6 },
  level: 3,
  service: "checkout",
  message: "",
  ...more,
});

/** `count` records whose text is "line 0", "line 1" …, with the accounting that counts them. */
export function batchOf(sourceId: number, count: number, before = 0, offset = 0): Batch {
  const builder = new SegmentBuilder();
  let text = "";
  for (let row = before; row < before + count; row += 1) {
    const line = `line ${row}\n`;
    builder.add(record(row), offset + text.length, line.length - 1, row + 1, "line <n>");
    text += line;
  }
  const records = before + count;
  return {
    sourceId,
    segments: count === 0 ? [] : [builder.encode()],
    blocks: count === 0 ? [] : [compressBlock(offset, Buffer.from(text))],
    deadLetters: [],
    change: { accounting: { read: records, records, deadLetters: 0, skipped: 0, skippedWhy: {} } },
  };
}

export const newEvent = (more: Partial<NewEvent> = {}): NewEvent => ({
  time: micros(T0),
  endTime: null,
  source: "MANUAL",
  kind: "note",
  severity: "INFO",
  service: null,
  title: "pager",
  description: "",
  traceId: null,
  spanId: null,
  requestId: null,
  correlationId: null,
  reference: null,
  confidence: 1,
  fingerprint: crypto.randomUUID(),
  metadata: {},
  tags: [],
  ...more,
});
