/**
 * The one scale on which differences of any kind are compared: doublings of odds, as a bound that holds 99 times of 100.
 * A count that rose from 1 to 2 and one that rose from 10,000 to 20,000 differ by the same doubling; of the second it is
 * certain, and the bound says so. Every comparison here also tells how surprising it is if nothing changed.
 */
import { MAD_TO_SIGMA, medianAndSigma, quantileOfSorted, upperTail } from "../series/statistics.ts";

export interface Effect {
  /** log₂ of the ratio: 1 for twice as much, −1 for half. */
  readonly doublings: number;
  /** The end of the 99 % interval that is nearer to 0; 0 where the interval holds it. */
  readonly atLeast: number;
  /** Ends of the 99 % interval of the ratio. */
  readonly low: number;
  readonly high: number;
  /** Probability of such a difference where there is none, both ways. */
  readonly chance: number;
}

/** Standard errors on each side of a 99 % interval. */
const WIDE = 2.575_829;
/** Ends of the scale: what is new or gone has a ratio without end. */
const MOST = 12;

const NOTHING: Effect = { doublings: 0, atLeast: 0, low: 0, high: Infinity, chance: 1 };

/** `logs` are natural. */
function effectOf(log: number, lowLog: number, highLog: number, chance: number): Effect {
  const clipped = (natural: number): number => Math.min(MOST, Math.max(-MOST, natural / Math.LN2));
  const low = clipped(lowLog);
  const high = clipped(highLog);
  const nearer = low > 0 ? low : high < 0 ? high : 0;
  return { doublings: clipped(log), atLeast: nearer, low: Math.exp(lowLog), high: Math.exp(highLog), chance };
}

const twoSided = (z: number): number => Math.min(1, 2 * upperTail(Math.abs(z)));

export interface Counted {
  readonly count: number;
  /** How long was counted, in any unit. */
  readonly time: number;
}

/**
 * Two counts of what comes at a rate. Given their sum, the second is binomial if the rates are one (Przyborowski and
 * Wilenski 1940): its share's Wilson interval is that of the ratio, the log-likelihood ratio G² (Dunning 1993) says how
 * surprising it is. `dispersion` is how many records come together: both counts weigh that much less.
 */
export function compareRates(a: Counted, b: Counted, dispersion = 1): Effect {
  const first = a.count / dispersion;
  const second = b.count / dispersion;
  const sum = first + second;
  if (sum === 0 || !(a.time > 0) || !(b.time > 0)) return NOTHING;
  const times = Math.log(a.time / b.time);
  const { low, high } = wilson(second, sum);
  const logOdds = (share: number): number => Math.log(share) - Math.log1p(-share) + times;
  const ratio = Math.log((second + 0.5) / (first + 0.5)) + times;
  const usual = a.time / (a.time + b.time);
  const surprise = 2 * (term(first, sum * usual) + term(second, sum * (1 - usual)));
  return effectOf(ratio, logOdds(low), logOdds(high), twoSided(Math.sqrt(Math.max(0, surprise))));
}

const term = (count: number, expected: number): number => (count === 0 ? 0 : count * Math.log(count / expected));

/** Wilson's interval of a share (1927). */
function wilson(count: number, of: number): { readonly low: number; readonly high: number } {
  const share = count / of;
  const square = WIDE ** 2;
  const middle = (share + square / (2 * of)) / (1 + square / of);
  const half = (WIDE / (1 + square / of)) * Math.sqrt((share * (1 - share)) / of + square / (4 * of ** 2));
  return { low: Math.max(0, middle - half), high: Math.min(1, middle + half) };
}

export interface Share {
  readonly count: number;
  readonly of: number;
}

/** Two shares by the ratio of their odds: Woolf's interval with Haldane's half added, G² of the four counts. */
export function compareShares(a: Share, b: Share): Effect {
  if (a.of === 0 || b.of === 0 || a.count + b.count === 0) return NOTHING;
  const cells = [b.count, b.of - b.count, a.count, a.of - a.count].map((count) => count + 0.5);
  const [yes = 1, no = 1, yesBefore = 1, noBefore = 1] = cells;
  const log = Math.log(yes / no) - Math.log(yesBefore / noBefore);
  const error = Math.sqrt(cells.reduce((sum, cell) => sum + 1 / cell, 0));
  const all = a.of + b.of;
  const share = (a.count + b.count) / all;
  const surprise =
    term(a.count, a.of * share) +
    term(b.count, b.of * share) +
    term(a.of - a.count, a.of * (1 - share)) +
    term(b.of - b.count, b.of * (1 - share));
  return effectOf(log, log - WIDE * error, log + WIDE * error, twoSided(Math.sqrt(Math.max(0, 2 * surprise))));
}

/** With fewer values on a side, a quantile has no interval. */
const LEAST_VALUES = 8;

/**
 * Two samples of positive numbers, ascending, by the ratio of a quantile. The error of each is read off the values
 * beside it: a quantile's rank is binomial, whatever the distribution (Conover, "Practical Nonparametric Statistics").
 */
export function compareQuantiles(a: ArrayLike<number>, b: ArrayLike<number>, q: number): Effect {
  const [before, after] = [logQuantile(a, q), logQuantile(b, q)];
  if (before === null || after === null) return NOTHING;
  const log = after.log - before.log;
  const error = Math.hypot(before.error, after.error);
  if (error === 0) return log === 0 ? NOTHING : effectOf(log, log, log, 0);
  return effectOf(log, log - WIDE * error, log + WIDE * error, twoSided(log / error));
}

function logQuantile(sorted: ArrayLike<number>, q: number): { readonly log: number; readonly error: number } | null {
  const count = sorted.length;
  // Of the 95th percentile, a value must be able to lie beyond it.
  if (count < LEAST_VALUES || count * (1 - q) < 1) return null;
  const reach = Math.sqrt((q * (1 - q)) / count);
  const at = (share: number): number => Math.log(Math.max(quantileOfSorted(sorted, share), 1));
  return { log: at(q), error: Math.max((at(q + reach) - at(q - reach)) / 2, 1 / (count * count)) };
}

/** A series with fewer samples in a window has no level there. */
export const LEAST_SAMPLES = 5;
/** A median's standard error is this many times a mean's: √(π / 2). */
const MEDIAN_ERROR = Math.sqrt(Math.PI / 2);
/** Below this share of its level a series' spread is rounding. */
const LEAST_SPREAD = 0.01;

export interface LevelShift extends Effect {
  readonly before: number;
  readonly after: number;
  /** In robust standard deviations of how it was. */
  readonly sigmas: number;
}

/**
 * Medians of two stretches of a series by their ratio, both a standard deviation σ further from 0, so that 0 to 1 in a
 * series that varies by 5 is nothing: doublings = log₂(1 + |Δ| / (smaller + σ)). Samples that follow each other are
 * worth fewer than as many on their own: n (1 − ρ) / (1 + ρ) with ρ the correlation of neighbours. Null without a level.
 */
export function compareLevels(a: Float64Array, b: Float64Array): LevelShift | null {
  if (a.length < LEAST_SAMPLES || b.length < LEAST_SAMPLES) return null;
  const before = medianAndSigma(a);
  const after = medianAndSigma(b);
  const spread = Math.hypot(before.sigma, after.sigma) / Math.SQRT2;
  const scale = Math.max(spread, LEAST_SPREAD * Math.max(Math.abs(before.median), Math.abs(after.median)));
  if (scale === 0) return null;
  const shift = after.median - before.median;
  const worth = (values: Float64Array, level: number): number => {
    const rho = neighbours(values, level);
    return Math.max(2, (values.length * (1 - rho)) / (1 + rho));
  };
  const error = MEDIAN_ERROR * scale * Math.sqrt(1 / worth(a, before.median) + 1 / worth(b, after.median));
  const smaller = before.median * after.median > 0 ? Math.min(Math.abs(before.median), Math.abs(after.median)) : 0;
  const isGrowth = Math.abs(after.median) >= Math.abs(before.median);
  const logOf = (distance: number): number =>
    (isGrowth ? 1 : -1) * Math.sign(distance) * Math.log1p(Math.abs(distance) / (smaller + scale));
  const distance = Math.abs(shift);
  const ends = [logOf(distance - WIDE * error), logOf(distance + WIDE * error)];
  return {
    ...effectOf(logOf(distance), Math.min(...ends), Math.max(...ends), twoSided(shift / error)),
    before: before.median,
    after: after.median,
    sigmas: shift / scale,
  };
}

/** Correlation of neighbours about a level, 0–0.95, with values clipped so that one spike does not make it. */
function neighbours(values: Float64Array, level: number): number {
  const clip = 3 * medianAndSigma(values).sigma || 1 / MAD_TO_SIGMA;
  let products = 0;
  let squares = 0;
  let last = 0;
  for (const [at, value] of values.entries()) {
    const off = Math.min(clip, Math.max(-clip, value - level));
    if (at > 0) products += off * last;
    squares += off * off;
    last = off;
  }
  return squares === 0 ? 0 : Math.min(0.95, Math.max(0, products / squares));
}

/** More slices than this of a window say nothing more of how records come together. */
export const SLICES = 16;

/**
 * How many records of one kind come together, from their counts in equal slices of the time that is the standard: the
 * index of dispersion, variance over mean; 1 where they come one by one, or were too few to tell.
 */
export function dispersionOf(slices: ArrayLike<number>): number {
  const count = slices.length;
  let sum = 0;
  for (let at = 0; at < count; at += 1) sum += slices[at] ?? 0;
  if (count < 2 || sum < count / 2) return 1;
  const mean = sum / count;
  let squares = 0;
  for (let at = 0; at < count; at += 1) squares += ((slices[at] ?? 0) - mean) ** 2;
  return Math.max(1, squares / (count - 1) / mean);
}
