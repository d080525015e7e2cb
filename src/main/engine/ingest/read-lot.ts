/**
 * Reads many small sources as one: fetched side by side, parsed in one call of a thread, stored in one transaction.
 * Only what goes well is settled here, and what could not be fetched at all. A source that is larger than it looked, that
 * was cut off, or that brings more than one part or more dead letters than are kept, is given back and read by itself.
 */
import type { Batch, BatchesTogether } from "../store/protocol.ts";
import { allAborted } from "./all-aborted.ts";
import { FailedSource, type FetchDeps, fetchLot, HeldSource } from "./fetch-lot.ts";
import { isSmall } from "./held-source.ts";
import type { ImportJob } from "./import-queue.ts";
import type { LotThreads } from "./lot-threads.ts";
import type { LotAnswer } from "./protocol.ts";
import { stalled } from "./source-ending.ts";

export interface LotDeps extends FetchDeps {
  /** Other lots are fetched and stored while these read. */
  readonly threads: LotThreads;
  /** Time within which a parser must have read all of a lot. */
  readonly stallMs: number;
  /** Stores the parts in one transaction; resolves once they are in the case. */
  readonly commit: (together: BatchesTogether) => Promise<void>;
}

const NOTHING: LotAnswer = { parts: [], packs: { columns: [], texts: [] } };

/** Whether a source may be one of a lot. */
export const fitsLot = ({ opening, isAlone }: ImportJob): boolean => !isAlone && isSmall(opening) && !opening.series;

/** Resolves to the jobs of which nothing was stored. */
export async function readLot(jobs: readonly ImportJob[], deps: LotDeps): Promise<readonly ImportJob[]> {
  try {
    const fetched = await fetchLot(jobs, deps);
    const held = fetched.filter((source) => source instanceof HeldSource);
    const failed = fetched.filter((source) => source instanceof FailedSource);
    const { parts, packs } = held.length === 0 ? NOTHING : await parse(held, deps);
    const settled = new Map<ImportJob, Batch>(failed.map((source) => [source.job, source.batch()]));
    held.forEach((source, index) => {
      const part = parts[index] ?? null;
      if (part !== null && source.job.letters.fits(part.deadLetters)) settled.set(source.job, source.batch(part));
    });
    for (const job of settled.keys()) if (job.controller.signal.aborted) settled.delete(job);
    if (settled.size > 0) await deps.commit({ batches: [...settled.values()], packs });
    return jobs.filter((job) => !settled.has(job));
  } catch {
    // Which of them it was, and what is wrong with it, is seen once each is read by itself.
    return jobs;
  }
}

function parse(held: readonly HeldSource[], { threads, stallMs }: LotDeps): Promise<LotAnswer> {
  const signal = allAborted(held.map(({ job }) => job.controller.signal));
  const limits = { signal, stallMs, stalled: (operation: string) => stalled(operation, undefined, stallMs, 0) };
  return threads.take(limits, async (lane) => {
    const sources = held.map(({ whole }) => whole);
    const transfer = [...new Set(sources.flatMap(({ chunks }) => chunks.map(({ buffer }) => buffer as ArrayBuffer)))];
    const [first] = sources;
    // What loads the thread is not timed.
    if (!lane.isLoaded && first !== undefined) await lane.ask("start", (parser) => parser.call("start", first.start));
    return lane.ask("push", (parser) => parser.call("readLot", sources, { transfer }));
  });
}
