// A process that commits without end, to be killed. Prints the number of each commit once it is acknowledged.
// Arguments: the built writer's thread, the case.
import type { WriterMethods } from "../../../src/main/engine/store/writer-methods.ts";
import { compressBlock } from "../../../src/main/engine/store/raw-block.ts";
import { SegmentBuilder } from "../../../src/main/engine/store/segment/builder.ts";
import { WorkerClient } from "../../../src/main/engine/threads/rpc.ts";
import { micros } from "../../../src/shared/units.ts";

const RECORDS = 2_000;
const LINE_BYTES = 32;
const [worker = "", file = ""] = process.argv.slice(2);

const writer = new WorkerClient<WriterMethods>(worker);
await writer.call("open", { file, create: true, title: "killed" });
// Another identity each time: what a killed process had read is read again.
const identity = String(process.pid);
const { sourceId } = await writer.call("addSource", {
  path: "app.jsonl",
  connector: "file",
  zone: "UTC",
  bytes: 0,
  identity,
});
const builder = new SegmentBuilder();
// Does not shrink, so that a commit writes many pages.
const noise = crypto.getRandomValues(Buffer.alloc(65_536));
let textEnd = 0;

for (let commit = 1; ; commit += 1) {
  builder.clear();
  const start = textEnd;
  for (let row = 0; row < RECORDS; row += 1) {
    const time = { micros: micros(1_760_000_000_000_000 + row), nanos: 0, digits: 6 };
    builder.add({ kind: "log", time, level: 3, service: "pay", message: "" }, textEnd, LINE_BYTES, row + 1, null);
    textEnd += LINE_BYTES;
  }
  const units = commit * (RECORDS + 1);
  await writer.call("commit", {
    sourceId,
    segments: [builder.encode()],
    blocks: [compressBlock(start, noise.subarray(0, textEnd - start))],
    deadLetters: [
      {
        offset: start,
        length: 1,
        line: 1,
        stage: "parse",
        reason: "no-time",
        message: "no time",
        raw: Uint8Array.of(1),
      },
    ],
    change: {
      state: "reading",
      accounting: { read: units, records: commit * RECORDS, deadLetters: commit, skipped: 0, skippedWhy: {} },
    },
  });
  process.stdout.write(`${commit}\n`);
}
