/**
 * From odds to confidence. Exactly one of these is taken to be true: a change did it, or none of them did. Each has the
 * sum of its factors as log-odds; the softmax of these sums is its probability. Factors are not as independent as naive
 * Bayes takes them to be, which makes it too sure of itself (Domingos and Pazzani 1997); dividing the sums by a
 * temperature corrects that (Guo et al. 2017).
 */

/** Fitted on simulated incidents, so that of answers with .8 about four of five are right. */
const TEMPERATURE = 1.6;
/** Log-odds that none of the changes did it, before anything is seen: changes cause most incidents, and most changes none. */
const NONE = 3.4;
/** Reasons for a cause from outside count in full up to this. */
const MOST_OUTSIDE = 6;

export interface Confidence {
  /** In the order of the changes. */
  readonly changes: readonly number[];
  /** That no change in this data did it. */
  readonly none: number;
}

export function confidenceOf(changes: readonly number[], outside: readonly number[]): Confidence {
  const none =
    NONE +
    Math.min(
      MOST_OUTSIDE,
      outside.reduce((sum, odds) => sum + Math.max(0, odds), 0),
    );
  const all = [none, ...changes].map((odds) => odds / TEMPERATURE);
  const most = Math.max(...all);
  const weights = all.map((odds) => Math.exp(odds - most));
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  const [first = 0, ...rest] = weights.map((weight) => weight / total);
  return { changes: rest, none: first };
}
