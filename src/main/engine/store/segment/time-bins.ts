// Counts of a segment's records by time and level, so that a histogram of millions adds up a few hundred numbers.
import { kindCode } from "../../../../shared/model/record.ts";
import { LEVELS } from "../../../../shared/model/level.ts";
import type { SegmentColumns } from "../../../../shared/model/segment.ts";
import { decompress } from "../compression.ts";

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
 * Each divides every round width (1, 2, 5, 10, 15, 30 of a unit; 1, 2, 4, 6, 12 hours) from twice its own on, so that bins
 * add up to the bars of a chart exactly.
 */
const WIDTHS: readonly number[] = [
  ...[1, 10, 100, 1_000, 10_000, 100_000].flatMap((n) => [n, 5 * n]),
  ...[1, 5, 15, 30].map((n) => n * SECOND),
  ...[1, 5, 15, 30].map((n) => n * MINUTE),
  ...[1, 2, 12].map((n) => n * HOUR),
  ...[1, 7, 91].map((n) => n * DAY),
];
const WIDEST = 364 * DAY;

/** The narrowest width of which no more than `most` bins hold all from `least` to `greatest`. */
export const widthOf = (least: number, greatest: number, most: number): number =>
  WIDTHS.find((width) => binsOf(least, greatest, width) <= most) ?? WIDEST;

/** A segment of an hour and a half in steps of five seconds; a kilobyte or two. */
const MOST_BINS = 1_024;
/** What a small segment may have: a case of thousands of them has bars as narrow as any other. */
const LEAST_BINS = 256;
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
  const most = Math.min(MOST_BINS, Math.max(LEAST_BINS, Math.floor((count - samples) / RECORDS_A_BIN)));
  const micros = widthOf(least, greatest, most);
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
  /** Four a count. */
  readonly bytes: number;
  readonly data: Uint8Array;
}

/** Most bytes of counts once decoded; more is damage. */
const LIMIT = 1 << 20;

/**
 * Most counts are 0: each other one is stored as its distance from the one before and itself, both as LEB128. So a case
 * is opened without decompressing, which takes many times as long on a runtime without Zstandard.
 */
export function encodeBins({ counts, ...rest }: TimeBins): EncodedBins {
  const data: number[] = [];
  let last = -1;
  // By index: entries of a typed array are an array each, and of a small segment there are more of them than records.
  for (let cell = 0; cell < counts.length; cell += 1) {
    const count = counts[cell] ?? 0;
    if (count === 0) continue;
    pushNumber(data, cell - last - 1);
    pushNumber(data, count);
    last = cell;
  }
  return { ...rest, codec: "cells", bytes: counts.length * 4, data: Uint8Array.from(data) };
}

/** Throws when the data is damaged. Older versions stored all counts, as they are or compressed. */
export function decodeBins({ codec, bytes, data, ...rest }: EncodedBins): TimeBins {
  if (bytes % (4 * LEVELS.length) !== 0 || bytes > LIMIT) throw new RangeError(`hold ${bytes} bytes`);
  if (codec === "cells") return { ...rest, counts: decodeCells(data, bytes / 4) };
  const raw = codec === "none" ? data : decompress(codec, data, bytes);
  if (raw.length !== bytes) throw new RangeError(`hold ${raw.length} bytes of ${bytes}`);
  const view = new DataView(raw.buffer, raw.byteOffset, raw.byteLength);
  const counts = new Uint32Array(bytes / 4);
  for (let cell = 0; cell < counts.length; cell += 1) counts[cell] = view.getUint32(cell * 4, true);
  return { ...rest, counts };
}

function decodeCells(data: Uint8Array, cells: number): Uint32Array {
  const counts = new Uint32Array(cells);
  let at = 0;
  const next = (): number => {
    let value = 0;
    for (let scale = 1; ; scale *= 128) {
      const byte = data[at];
      if (byte === undefined || scale > 2 ** 28) throw new RangeError("end in the middle of a number");
      at += 1;
      value += (byte % 128) * scale;
      if (byte < 128) return value;
    }
  };
  for (let cell = 0; at < data.length; cell += 1) {
    cell += next();
    if (cell >= cells) throw new RangeError(`hold more than the ${cells} counts that are announced`);
    counts[cell] = next();
  }
  return counts;
}

function pushNumber(data: number[], value: number): void {
  let left = value;
  for (; left >= 128; left = Math.floor(left / 128)) data.push(128 + (left % 128));
  data.push(left);
}
