/** Calls, their errors by class and how long they took, over some stretch of time. Tallies add up. */
import { z } from "zod";
import { ERROR_CLASSES, type ErrorClass } from "./classify.ts";
import { LatencyHistogram, histogramSchema } from "./latency-histogram.ts";

export const tallySchema = z.object({
  calls: z.int().min(0),
  errors: z.partialRecord(z.enum(ERROR_CLASSES), z.int().min(0)),
  latency: histogramSchema,
});
export type TallySnapshot = z.infer<typeof tallySchema>;

export interface Summary {
  readonly calls: number;
  readonly errors: Readonly<Partial<Record<ErrorClass, number>>>;
  /** Share of the calls that failed, 0–1; 0 when there was none. */
  readonly errorRate: number;
  readonly p50Ms: number | null;
  readonly p95Ms: number | null;
  readonly p99Ms: number | null;
}

export class Tally {
  #calls = 0;
  readonly #errors = new Map<ErrorClass, number>();
  #latency = new LatencyHistogram();

  static of(snapshot: TallySnapshot): Tally {
    const tally = new Tally();
    tally.#calls = snapshot.calls;
    for (const errorClass of ERROR_CLASSES) {
      const count = snapshot.errors[errorClass];
      if (count !== undefined) tally.#errors.set(errorClass, count);
    }
    tally.#latency = LatencyHistogram.of(snapshot.latency);
    return tally;
  }

  /** A cancel is no call that went wrong, and a refusal took no time of the target's. */
  record(durationMs: number, errorClass: ErrorClass | null): void {
    if (errorClass === "cancelled") return;
    this.#calls += 1;
    if (errorClass !== null) this.#addErrors(errorClass, 1);
    if (errorClass !== "refused") this.#latency.record(durationMs);
  }

  merge(other: Tally): void {
    this.#calls += other.#calls;
    for (const [errorClass, count] of other.#errors) this.#addErrors(errorClass, count);
    this.#latency.merge(other.#latency);
  }

  summary(): Summary {
    const errorCount = [...this.#errors.values()].reduce((sum, count) => sum + count, 0);
    return {
      calls: this.#calls,
      errors: Object.fromEntries(this.#errors),
      errorRate: this.#calls === 0 ? 0 : errorCount / this.#calls,
      p50Ms: this.#latency.percentile(0.5),
      p95Ms: this.#latency.percentile(0.95),
      p99Ms: this.#latency.percentile(0.99),
    };
  }

  snapshot(): TallySnapshot {
    return { calls: this.#calls, errors: Object.fromEntries(this.#errors), latency: this.#latency.snapshot() };
  }

  #addErrors(errorClass: ErrorClass, count: number): void {
    this.#errors.set(errorClass, (this.#errors.get(errorClass) ?? 0) + count);
  }
}
