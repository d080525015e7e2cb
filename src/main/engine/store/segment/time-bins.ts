// Counts of a segment's records by time and level, so that a histogram of millions adds up a few hundred numbers.
import { kindCode } from "../../../../shared/model/record.ts";
import { LEVELS } from "../../../../shared/model/level.ts";
import type { SegmentColumns } from "../../../../shared/model/segment.ts";
import { compress, compression, decompress } from "../compression.ts";

/** Metric samples, and records without a time, are in no bin. */
export interface TimeBins {
  /** Width of a bin in microseconds; bins lie on multiples of it since the epoch. */
  readonly micros: number;
  /** The first bin begins at `first * micros`. */
  readonly first: number;
  /** {@link LEVELS} numbers a bin. */
  readonly counts: Uint32Array;
  /** Metric samples of the segment. */
  readonly samples: number;
}

const SECOND = 1_000_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/**
 * Each divides every round width (1, 2, 5, 10, 15, 30 of a unit) from twice its own on, so that bins add up to the bars
 * of a chart exactly.
 */
const WIDTHS: readonly number[] = [1, 5, 10, 50, 100, 500, 1_000, 5_000, 10_000, 50_000, 100_000, 500_000].concat([
  SECOND,
  5 * SECOND,
  MINUTE,
  5 * MINUTE,
  HOUR,
  DAY,
  7 * DAY,
  91 * DAY,
]);
const WIDEST = 364 * DAY;

/** A segment of an hour and a half in steps of five seconds; some kilobytes once compressed. */
const MOST_BINS = 1_024;
/** Fewer than this a bin are looked at as fast as the bin. */
const RECORDS_A_BIN = 32;

const SAMPLE = kindCode("sample");

type BinnedColumns = Pick<SegmentColumns, "count" | "time" | "kind" | "level">;

export function timeBins({ count, time, kind, level }: BinnedColumns): TimeBins {
  let samples = 0;
  let least = Infinity;
  let greatest = -Infinity;
  for (let row = 0; row < count; row += 1) {
    const at = time[row] ?? Number.NaN;
    if (kind[row] === SAMPLE) samples += 1;
    else if (at === at) {
      if (at < least) least = at;
      if (at > greatest) greatest = at;
    }
  }
  if (least > greatest) return { micros: 1, first: 0, counts: new Uint32Array(0), samples };
  const most = Math.min(MOST_BINS, Math.max(1, Math.floor((count - samples) / RECORDS_A_BIN)));
  const micros = WIDTHS.find((width) => binsOf(least, greatest, width) <= most) ?? WIDEST;
  const first = Math.floor(least / micros);
  const counts = new Uint32Array(binsOf(least, greatest, micros) * LEVELS.length);
  for (let row = 0; row < count; row += 1) {
    const at = time[row] ?? Number.NaN;
    if (kind[row] === SAMPLE || at !== at) continue;
    const cell = (Math.floor(at / micros) - first) * LEVELS.length + (level[row] ?? 0);
    counts[cell] = (counts[cell] ?? 0) + 1;
  }
  return { micros, first, counts, samples };
}

const binsOf = (least: number, greatest: number, width: number): number =>
  Math.floor(greatest / width) - Math.floor(least / width) + 1;

export interface EncodedBins extends Omit<TimeBins, "counts"> {
  readonly codec: string;
  /** Once decompressed. */
  readonly bytes: number;
  readonly data: Uint8Array;
}

/** Below this the codec's own overhead eats the gain. */
const COMPRESS_FROM = 256;

export function encodeBins({ counts, ...rest }: TimeBins): EncodedBins {
  const raw = new Uint8Array(counts.length * 4);
  const view = new DataView(raw.buffer);
  for (const [i, value] of counts.entries()) view.setUint32(i * 4, value, true);
  const small = raw.length < COMPRESS_FROM ? raw : compress(raw);
  if (small.length >= raw.length) return { ...rest, codec: "none", bytes: raw.length, data: raw };
  return { ...rest, codec: compression, bytes: raw.length, data: small };
}

/** Throws when the data is damaged. */
export function decodeBins({ codec, bytes, data, ...rest }: EncodedBins): TimeBins {
  const raw = codec === "none" ? data : decompress(codec, data, bytes);
  const binBytes = 4 * LEVELS.length;
  if (raw.length !== bytes || bytes % binBytes !== 0) throw new RangeError(`hold ${raw.length} bytes of ${bytes}`);
  const view = new DataView(raw.buffer, raw.byteOffset, raw.byteLength);
  return { ...rest, counts: Uint32Array.from({ length: bytes / 4 }, (_, i) => view.getUint32(i * 4, true)) };
}
