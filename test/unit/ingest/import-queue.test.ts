import { describe, expect, it } from "vitest";
import { type ImportJob, ImportQueue } from "../../../src/main/engine/ingest/import-queue.ts";
import { LetterCap, NO_LIMITS } from "../../../src/main/engine/ingest/letter-cap.ts";
import { LotSizes } from "../../../src/main/engine/ingest/lot-sizes.ts";
import { fitsLot } from "../../../src/main/engine/ingest/read-lot.ts";

const jobOf = (sourceId: number, bytes: number, more: Partial<ImportJob> = {}): ImportJob => ({
  sourceId,
  opening: { path: `${sourceId}`, bytes, identity: "", modified: null, format: null, chunks: async function* () {} },
  format: null,
  zone: "UTC",
  controller: new AbortController(),
  letters: new LetterCap(NO_LIMITS),
  isAlone: false,
  ...more,
});

function lots(jobs: readonly ImportJob[], sources: number, bytes: number): number[][] {
  const queue = new ImportQueue();
  for (const job of jobs) queue.put(job);
  const read: number[][] = [];
  for (let job = queue.next(); job !== undefined; job = queue.next()) {
    const lot = fitsLot(job) ? queue.lot([job], { sources, bytes }, fitsLot) : [job];
    read.push(lot.map(({ sourceId }) => sourceId));
  }
  return read;
}

describe("lots of the queue", () => {
  it("hold small sources, in the order of coming, up to a number of them", () => {
    expect(lots([jobOf(1, 10), jobOf(2, 30), jobOf(3, 20), jobOf(4, 5_000_000), jobOf(5, 9)], 3, 1_000)).toStrictEqual([
      [4],
      [1, 2, 3],
      [5],
    ]);
  });
  it("hold so many bytes at most", () => {
    expect(lots([jobOf(1, 60), jobOf(2, 60), jobOf(3, 60)], 10, 130)).toStrictEqual([[1, 2], [3]]);
  });
  it("do not take in what has to be read by itself, nor what lies in one stream with others", () => {
    const { opening } = jobOf(3, 20);
    const inStream = jobOf(3, 20, { opening: { ...opening, series: {} } });
    expect(lots([jobOf(1, 20), jobOf(2, 20, { isAlone: true }), inStream], 10, 1_000)).toStrictEqual([[1], [2], [3]]);
  });
  it("are little at first, so that there are records at once, and little again for the next import", () => {
    const sizes = new LotSizes();
    const taken = Array.from({ length: 8 }, () => sizes.next().sources);
    expect(taken).toStrictEqual([4, 8, 16, 32, 64, 128, 128, 128]);
    sizes.reset();
    expect(sizes.next().sources).toBe(4);
  });
});
