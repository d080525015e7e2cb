/** How much slower something became, in standard errors: the means of the logarithms of its times, compared. */
import { medianAndSigma } from "../../series/statistics.ts";

/** Logarithms of times, in the order of time. */
export interface Times {
  readonly reference: readonly number[];
  readonly incident: readonly number[];
  /** How many of the reference ran just before the incident; they are its last ones. */
  readonly recent: number;
}

/** Spread of the logarithm of times that is expected before any is seen, and for how many spans that counts. */
const PRIOR_SPREAD = 0.5;
const PRIOR_WEIGHT = 4;
/** Variance of the mean from one stretch to the next that no number of spans takes away: 15 %. */
const DRIFT = 0.02;
/** Spans beyond this many deviations pull no harder. */
const CLIP = 6;
const LEAST_REFERENCE = 3;
/** Just before the incident: as long before it as it lasts. Fewer spans than this tell no normal of their own. */
const LEAST_RECENT = 5;
/** Fewer groups tell nothing usual. */
const LEAST_GROUPS = 5;

/** What ways have in common, whatever they join: the mean of their means, and the variance between them. */
export interface Usual {
  readonly mean: number;
  readonly variance: number;
}

export function usualOf(groups: readonly Times[]): Usual | null {
  const means = groups.flatMap(({ reference }) =>
    reference.length < LEAST_REFERENCE ? [] : [meanAndVariance(reference).mean],
  );
  return means.length < LEAST_GROUPS ? null : meanAndVariance(means);
}

/**
 * Null where there is too little to compare. What was as slow just before did not begin to be so now; a way
 * that nobody went before is held against what is usual among ways, as far as they are alike (empirical Bayes). Work
 * differs too much for that.
 */
export function slowing({ reference, incident, recent }: Times, usual: Usual | null): number | null {
  if (reference.length < LEAST_REFERENCE) return usual === null ? null : slowerThanUsual(usual, incident);
  const all = slowerThan(reference, incident);
  if (all === null || recent < LEAST_RECENT) return all;
  return Math.min(all, slowerThan(reference.slice(-recent), incident) ?? all);
}

function slowerThanUsual({ mean, variance }: Usual, incident: readonly number[]): number | null {
  if (incident.length < LEAST_REFERENCE) return null;
  const during = meanAndVariance(incident);
  return (during.mean - mean) / Math.sqrt(variance + during.variance / incident.length + DRIFT);
}

function slowerThan(reference: readonly number[], incident: readonly number[]): number | null {
  if (incident.length === 0) return null;
  const { median: center, sigma } = medianAndSigma(reference);
  const reach = CLIP * Math.max(sigma, PRIOR_SPREAD / 2);
  const clipped = (value: number): number => Math.min(Math.max(value, center - reach), center + reach);
  const before = meanAndVariance(reference.map(clipped));
  const during = meanAndVariance(incident.map(clipped));
  const error = Math.sqrt(
    before.variance / reference.length + Math.max(before.variance, during.variance) / incident.length + DRIFT,
  );
  return (during.mean - before.mean) / error;
}

function meanAndVariance(values: readonly number[]): { mean: number; variance: number } {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const squares = values.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  return { mean, variance: (squares + PRIOR_WEIGHT * PRIOR_SPREAD ** 2) / (values.length + PRIOR_WEIGHT) };
}
