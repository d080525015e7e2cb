/** Which histogram to ask for, and how high its bars stand. */
import type { Histogram } from "../../shared/contract.ts";
import { MOST_BUCKETS } from "../../shared/model/histogram.ts";
import { SEVERITIES } from "../../shared/model/severity.ts";
import { DURATION } from "../../shared/text/duration.ts";
import type { TimeRange } from "../state/selection.ts";
import { padded } from "./window.ts";

const { second, minute, hour, day } = DURATION;

/** Widths of a bucket: round, so that panning does not recount and bars do not shimmer. */
const WIDTHS: readonly number[] = [
  1,
  2,
  5,
  10,
  20,
  50,
  100,
  200,
  500,
  1_000,
  2_000,
  5_000,
  10_000,
  20_000,
  50_000,
  100_000,
  200_000,
  500_000,
  ...[1, 2, 5, 10, 15, 30].map((n) => n * second),
  ...[1, 2, 5, 10, 15, 30].map((n) => n * minute),
  ...[1, 2, 4, 6, 12].map((n) => n * hour),
  ...[1, 2, 7, 14, 28, 91, 182, 364].map((n) => n * day),
];
const SEVERITY_COUNT = SEVERITIES.length;

export interface Asked {
  readonly from: number;
  readonly to: number;
  readonly buckets: number;
}

/**
 * Buckets of about `barPixels` over the window and some of it again at both sides, the same ones for many windows: bars
 * are counted again at every half of a window that is panned, and not at every step.
 */
export function bucketsFor(window: TimeRange, extent: TimeRange, pixels: number, barPixels: number): Asked {
  const least = ((window.to - window.from) / Math.max(1, pixels)) * barPixels;
  const width = WIDTHS.find((one) => one >= least) ?? 364 * day;
  const around = padded(window);
  const start = Math.max(extent.from, around.from);
  const end = Math.min(extent.to, around.to);
  const from = Math.max(0, Math.floor(start / width) * width);
  const buckets = Math.min(MOST_BUCKETS, Math.max(1, Math.ceil((end - from) / width)));
  return { from, to: from + buckets * width, buckets };
}

/** First and last bucket (exclusive) that touch the window. */
export function bucketsIn({ from, bucketMicros, buckets }: Histogram, window: TimeRange): readonly [number, number] {
  const first = Math.min(buckets, Math.max(0, Math.floor((window.from - from) / bucketMicros)));
  const end = Math.min(buckets, Math.ceil((window.to - from) / bucketMicros));
  return [first, Math.max(first, end)];
}

function totalOf({ counts }: Histogram, bucket: number): number {
  let total = 0;
  for (let at = bucket * SEVERITY_COUNT, end = at + SEVERITY_COUNT; at < end; at += 1) total += counts[at] ?? 0;
  return total;
}

/** Height of the highest bar in the window. */
export function highest(histogram: Histogram, window: TimeRange): number {
  const [first, end] = bucketsIn(histogram, window);
  let most = 0;
  for (let bucket = first; bucket < end; bucket += 1) most = Math.max(most, totalOf(histogram, bucket));
  return most;
}

/** Top of the value axis: the next round number. */
export function roundUp(value: number): number {
  if (value <= 4) return Math.max(1, Math.ceil(value));
  const power = 10 ** Math.floor(Math.log10(value));
  const part = value / power;
  return ([1, 1.5, 2, 3, 4, 5, 6, 8, 10].find((one) => one >= part) ?? 10) * power;
}

/** The bucket that holds a moment, by severity; null outside of what was counted. */
export function countsAt(
  histogram: Histogram,
  time: number,
): { readonly from: number; readonly counts: readonly number[] } | null {
  const bucket = Math.floor((time - histogram.from) / histogram.bucketMicros);
  if (bucket < 0 || bucket >= histogram.buckets) return null;
  const at = bucket * SEVERITY_COUNT;
  return {
    from: histogram.from + bucket * histogram.bucketMicros,
    counts: Array.from(histogram.counts.subarray(at, at + SEVERITY_COUNT)),
  };
}

/** Heights of a bar's stacked parts in pixels, gravest first; what is grave is never less than `least` pixels. */
export function stack(counts: Uint32Array, bucket: number, scale: number, least: number): readonly number[] {
  const heights: number[] = [];
  for (let severity = 0; severity < SEVERITY_COUNT; severity += 1) {
    const count = counts[bucket * SEVERITY_COUNT + severity] ?? 0;
    heights.push(count === 0 ? 0 : Math.max(severity < 2 ? least : 1, count * scale));
  }
  return heights;
}
