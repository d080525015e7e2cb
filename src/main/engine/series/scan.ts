/** A whole series through the watch: a score a sample, and the anomalies. Cost: about 1.5 microseconds a sample. */
import { StretchFinder, type SeriesAnomaly } from "./stretch.ts";
import { SeriesWatch } from "./watch.ts";

export interface Scan {
  /** In [0, 1], one a sample, each from that sample and the earlier ones alone. */
  readonly scores: Float64Array;
  /** In the order of their end. */
  readonly anomalies: readonly SeriesAnomaly[];
  /** Whether the series was watched as growth a second in the end. */
  readonly isCounter: boolean;
}

/**
 * @param times microseconds, as long as `values`
 * @param values finite
 */
export function scanSeries(name: string, times: ArrayLike<number>, values: ArrayLike<number>): Scan {
  const watch = new SeriesWatch(name);
  const finder = new StretchFinder(watch);
  const scores = new Float64Array(values.length);
  for (let index = 0; index < values.length; index++) {
    const score = watch.add(times[index] ?? 0, values[index] ?? 0);
    scores[index] = score;
    finder.add(score);
  }
  return { scores, anomalies: finder.end(), isCounter: watch.isCounter };
}
