// https://arxiv.org/abs/1908.10693 (DDSketch)
/**
 * Durations in buckets that grow by a constant factor: a percentile is right within 1 % whatever its size, few numbers
 * hold millions of calls, and two histograms add up to the one of all their calls.
 */
import { z } from "zod";

/** Each bucket ends 2 % above where it begins, so that its middle is at most 1 % from all that is in it. */
const GROWTH = 1.02;
const LOG_GROWTH = Math.log(GROWTH);
/** Durations below a microsecond are no measurement. */
const SMALLEST_MS = 0.001;

export const histogramSchema = z.object({
  /** Number of the bucket and how many durations are in it. */
  buckets: z.array(z.tuple([z.int(), z.int().min(1)])).readonly(),
  minMs: z.number().min(0).nullable(),
  maxMs: z.number().min(0).nullable(),
});
export type HistogramSnapshot = z.infer<typeof histogramSchema>;

export class LatencyHistogram {
  readonly #buckets = new Map<number, number>();
  #count = 0;
  #minMs = Infinity;
  #maxMs = 0;

  static of(snapshot: HistogramSnapshot): LatencyHistogram {
    const histogram = new LatencyHistogram();
    for (const [bucket, count] of snapshot.buckets) histogram.#add(bucket, count);
    histogram.#minMs = snapshot.minMs ?? Infinity;
    histogram.#maxMs = snapshot.maxMs ?? 0;
    return histogram;
  }

  get count(): number {
    return this.#count;
  }

  record(durationMs: number): void {
    const value = Math.max(durationMs, SMALLEST_MS);
    this.#add(Math.ceil(Math.log(value) / LOG_GROWTH), 1);
    this.#minMs = Math.min(this.#minMs, value);
    this.#maxMs = Math.max(this.#maxMs, value);
  }

  /** Adds all that another one holds. */
  merge(other: LatencyHistogram): void {
    for (const [bucket, count] of other.#buckets) this.#add(bucket, count);
    this.#minMs = Math.min(this.#minMs, other.#minMs);
    this.#maxMs = Math.max(this.#maxMs, other.#maxMs);
  }

  /** The duration that this share of the calls did not exceed (nearest rank); null when there was no call. */
  percentile(share: number): number | null {
    const rank = Math.max(1, Math.ceil(share * this.#count));
    let seen = 0;
    for (const [bucket, count] of this.#sorted()) {
      seen += count;
      if (seen >= rank) return Math.min(Math.max(middleOf(bucket), this.#minMs), this.#maxMs);
    }
    return null;
  }

  snapshot(): HistogramSnapshot {
    const isEmpty = this.#count === 0;
    return {
      buckets: this.#sorted(),
      minMs: isEmpty ? null : this.#minMs,
      maxMs: isEmpty ? null : this.#maxMs,
    };
  }

  #add(bucket: number, count: number): void {
    this.#buckets.set(bucket, (this.#buckets.get(bucket) ?? 0) + count);
    this.#count += count;
  }

  #sorted(): [bucket: number, count: number][] {
    return [...this.#buckets].sort(([a], [b]) => a - b);
  }
}

/** A bucket holds what is above GROWTH ** (bucket - 1), up to GROWTH ** bucket. */
const middleOf = (bucket: number): number => (2 * GROWTH ** bucket) / (1 + GROWTH);
