/** The period of a series, by its autocorrelation (Box and Jenkins 1970). */
import { moments } from "../statistics.ts";

/** Turns that must lie in the samples. */
const LEAST_TURNS = 3;
const SHORTEST = 4;
/** Autocorrelation from which a period is one. Noise of 512 samples stays below .15. */
const LEAST_CORRELATION = 0.5;

/**
 * The lag, in samples, after which the series looks most like itself; null when it does so at none.
 * Cost: samples × samples / 3.
 */
export function periodOf(values: Float64Array): number | null {
  const count = values.length;
  const { mean } = moments(values);
  const centred = values.map((value) => value - mean);
  let energy = 0;
  for (const value of centred) energy += value * value;
  if (!(energy > 0) || !Number.isFinite(energy)) return null;
  const longest = Math.floor(count / LEAST_TURNS);
  const at = (lag: number): number => {
    let sum = 0;
    for (let index = lag; index < count; index++) sum += (centred[index] ?? 0) * (centred[index - lag] ?? 0);
    return (sum / energy) * (count / (count - lag));
  };
  const correlations = new Float64Array(longest + 2);
  for (let lag = SHORTEST - 1; lag <= longest + 1; lag++) correlations[lag] = at(lag);
  let best: number | null = null;
  let height = LEAST_CORRELATION;
  for (let lag = SHORTEST; lag <= longest; lag++) {
    const here = correlations[lag] ?? 0;
    const isPeak = here > (correlations[lag - 1] ?? 0) && here >= (correlations[lag + 1] ?? 0);
    if (isPeak && here > height) {
      height = here;
      best = lag;
    }
  }
  return best;
}
