/** How surely two shares differ, in nats. */

const xLogX = (x: number): number => (x <= 0 ? 0 : x * Math.log(x));

/**
 * Log-likelihood ratio that `k1` of `n1` and `k2` of `n2` come from two shares instead of one (the G-test of a 2×2
 * table, halved; Dunning 1993). 0 where they are alike; beyond 3.3 in one of a hundred tables of one share.
 */
export function shareRatio(k1: number, n1: number, k2: number, n2: number): number {
  if (n1 <= 0 || n2 <= 0) return 0;
  const both = xLogX(k1) + xLogX(n1 - k1) + xLogX(k2) + xLogX(n2 - k2) - xLogX(n1) - xLogX(n2);
  const one = xLogX(k1 + k2) + xLogX(n1 + n2 - k1 - k2) - xLogX(n1 + n2);
  return Math.max(0, both - one);
}

export interface Shift {
  readonly before: number;
  readonly beforeOf: number;
  readonly during: number;
  readonly duringOf: number;
  /** What the stretches of the reference differ by among themselves is taken off; may be negative. */
  readonly nats: number;
  readonly rises: boolean;
}

/**
 * How surely a share changed: `counts` of `totals` by stretch, the last of which is the incident. Null when one side
 * holds nothing.
 */
export function shareShift(counts: Float64Array, totals: Float64Array): Shift | null {
  const stretches = totals.length - 1;
  let before = 0;
  let beforeOf = 0;
  for (let at = 0; at < stretches; at++) {
    before += counts[at] ?? 0;
    beforeOf += totals[at] ?? 0;
  }
  const during = counts[stretches] ?? 0;
  const duringOf = totals[stretches] ?? 0;
  if (beforeOf === 0 || duringOf === 0) return null;
  let usual = 0;
  for (let at = 0; at < stretches; at++) {
    const k = counts[at] ?? 0;
    const n = totals[at] ?? 0;
    usual = Math.max(usual, shareRatio(k, n, before - k, beforeOf - n));
  }
  const nats = shareRatio(during, duringOf, before, beforeOf) - usual;
  return { before, beforeOf, during, duringOf, nats, rises: during / duringOf > before / beforeOf };
}
