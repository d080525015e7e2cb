// What stands in a case must not depend on which thread was slow: the same files, read while answers of threads and of the
// file system come late by chance, give the same records, and nobody who looks meanwhile sees a time that is not theirs.
import { createHash } from "node:crypto";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { gzipSync } from "node:zlib";
import { expect, it, vi } from "vitest";
import { runDirectly } from "../../../src/main/engine/resilience/run.ts";
import type { ReaderMethods } from "../../../src/main/engine/query/protocol.ts";
import { openCaseReader } from "../../../src/main/engine/store/case-reader.ts";
import { WorkerClient } from "../../../src/main/engine/threads/rpc.ts";
import { workerFile } from "../../../src/main/engine/workers.ts";
import { textAt, type DictionaryColumn } from "../../../src/shared/model/segment.ts";
import { temporaryFolder, testImport, workersFolder } from "./support.ts";

const BEGIN = Date.UTC(2026, 2, 17, 13);
/** Two stretches at least, of a file that several threads read. */
const SPLIT_LINES = 24_000;
const SMALL_FILES = 12;

const timeOf = (index: number): string => new Date(BEGIN + index * 150).toISOString();
const filler = (index: number): string => (index * 2_654_435_761).toString(36).repeat(9);

function writeDump(folder: string): void {
  const lines = (count: number, line: (index: number) => string): string =>
    Array.from({ length: count }, (_, index) => `${line(index)}\n`).join("");
  const object = (index: number): string =>
    JSON.stringify({
      time: timeOf(index),
      level: index % 40 === 0 ? "error" : "info",
      service: `service-${index % 5}`,
      msg: `order ${index} took ${index % 97} ms`,
      id: filler(index),
    });
  const text = (index: number): string =>
    index % 11 === 10
      ? "\tat com.example.Order.place(Order.java:41)"
      : `${timeOf(index).replace("T", " ").replace("Z", "")} INFO  [main] Order - order ${index} ${filler(index)}`;
  writeFileSync(join(folder, "orders.jsonl"), lines(SPLIT_LINES, object));
  writeFileSync(join(folder, "orders.jsonl.gz"), gzipSync(lines(SPLIT_LINES, (index) => object(index + 1))));
  writeFileSync(join(folder, "orders.log"), lines(SPLIT_LINES, text));
  for (let file = 0; file < SMALL_FILES; file += 1)
    writeFileSync(
      join(folder, `pod-${file}.log`),
      lines(30, (index) => `time=${timeOf(index * 100 + file)} level=info service=pod-${file} msg="tick ${index}"`),
    );
}

/** Xorshift (G. Marsaglia, 2003), in milliseconds up to `most`; mostly none. */
function pauses(seed: number, most: number): () => Promise<void> {
  let state = seed;
  return async () => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    const part = (state >>> 0) / 2 ** 32;
    if (part > 0.7) await sleep(((part - 0.7) / 0.3) * most);
  };
}

/** What must be the same, by source. Where segments end depends on time by design: none of it shows that. */
function contentOf(file: string): unknown {
  using reader = openCaseReader(file);
  const segments = reader.segments();
  return Object.fromEntries(
    reader
      .sources()
      .map(({ id, path, read, records, deadLetters, skipped, from, to, format, state }): [string, unknown] => {
        const [numbers, texts] = [createHash("sha256"), createHash("sha256")];
        for (const segment of segments.filter(({ sourceId }) => sourceId === id)) {
          const columns = reader.columns(segment.id);
          const { time, level, offset, length, line } = columns;
          expect(segment).toMatchObject({ firstTime: least(time), lastTime: greatest(time) });
          expect(segment).toMatchObject({ firstOffset: least(offset), lastOffset: greatest(offset) });
          for (let row = 0; row < columns.count; row += 1) {
            numbers.update(`${time[row]} ${level[row]} ${offset[row]} ${length[row]} ${line[row]}\n`);
            for (const column of [columns.service, columns.template, columns.requestId] as (DictionaryColumn | null)[])
              texts.update(`${textAt(column, row)}\n`);
          }
        }
        const said = { read, records, deadLetters, skipped, from, to, format, state };
        return [path, { ...said, numbers: numbers.digest("hex"), texts: texts.digest("hex") }];
      })
      .sort(([a], [b]) => (a < b ? -1 : 1)),
  );
}

const least = (values: Float64Array): number => values.reduce((a, b) => Math.min(a, b));
const greatest = (values: Float64Array): number => values.reduce((a, b) => Math.max(a, b));

async function contentAfterImport(folder: string): Promise<unknown> {
  const imported = await testImport();
  await imported.read(folder);
  return contentOf(imported.file);
}

it(
  "reads the same into a case, whichever thread is slow, and shows no other times meanwhile",
  { timeout: 240_000 },
  async () => {
    const folder = temporaryFolder();
    writeDump(folder);
    const undisturbed = await contentAfterImport(folder);

    const call = Reflect.get(WorkerClient.prototype, "call") as (...asked: unknown[]) => Promise<unknown>;
    for (const seed of [1, 2]) {
      const pause = pauses(seed * 7_919, 12);
      const disturbed = await testImport({
        run: async (...work) => {
          await pause();
          return await runDirectly(...work);
        },
      });
      const reader = new WorkerClient<ReaderMethods>(workerFile(workersFolder, "reader"));
      await reader.call("open", { file: disturbed.file });
      // Answers are late, and calls keep their order.
      const late = vi.spyOn(WorkerClient.prototype, "call").mockImplementation(async function (
        this: unknown,
        ...asked
      ) {
        const answer: unknown = await Reflect.apply(call, this, asked);
        await pause();
        return answer;
      });
      try {
        const ended = new AbortController();
        const reading = disturbed.read(folder).finally(() => ended.abort());
        while (!ended.signal.aborted) {
          const { from, to, main } = await reader.call("caseInfo", null);
          expect(main).toBeNull();
          if (from === null || to === null) continue;
          expect(from).toBeGreaterThanOrEqual(BEGIN * 1_000);
          expect(to).toBeLessThanOrEqual((BEGIN + SPLIT_LINES * 150) * 1_000);
          const selection = { filter: "", from: null, to: null, samples: true };
          const bars = await reader.call("timeline.histogram", { selection, buckets: 100 });
          expect(bars.counts.reduce((sum, count) => sum + count, 0)).toBe(bars.total);
        }
        await reading;
      } finally {
        late.mockRestore();
        await reader.end();
      }
      expect(contentOf(disturbed.file)).toEqual(undisturbed);
    }
  },
);
