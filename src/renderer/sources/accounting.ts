/** Sums over sources, and whether each of them adds up: read = records + dead letters + skipped. */
import type { SourceInfo } from "../state/case.ts";

export interface Totals {
  readonly read: number;
  readonly records: number;
  readonly deadLetters: number;
  readonly skipped: number;
  readonly bytes: number;
  /** Sources whose own accounting does not add up; there must be none. */
  readonly wrong: readonly SourceInfo[];
}

type Counted = Pick<SourceInfo, "read" | "records" | "deadLetters" | "skipped">;

export const addsUp = ({ read, records, deadLetters, skipped }: Counted): boolean =>
  read === records + deadLetters + skipped;

export function totalsOf(sources: readonly SourceInfo[]): Totals {
  const sum = { read: 0, records: 0, deadLetters: 0, skipped: 0, bytes: 0 };
  const wrong: SourceInfo[] = [];
  for (const source of sources) {
    sum.read += source.read;
    sum.records += source.records;
    sum.deadLetters += source.deadLetters;
    sum.skipped += source.skipped;
    sum.bytes += source.bytes;
    if (!addsUp(source)) wrong.push(source);
  }
  return { ...sum, wrong };
}

/** Reasons for skipping, the most frequent first. */
export const skipReasons = (source: Pick<SourceInfo, "skippedWhy">): readonly (readonly [string, number])[] =>
  Object.entries(source.skippedWhy).sort(([a, many], [b, more]) => more - many || (a < b ? -1 : 1));
