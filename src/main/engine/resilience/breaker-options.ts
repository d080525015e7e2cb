/** When a breaker opens, how long it stays so, and what it takes to close it. */
export interface BreakerOptions {
  /** Length of the sliding window. */
  readonly windowMs: number;
  /** It opens on so many failures in the window … */
  readonly failuresToOpen: number;
  /** … or on this share of failures, or of calls slower than this, among at least so many calls. */
  readonly failureRatio: number;
  readonly slowCallMs: number;
  readonly slowRatio: number;
  readonly minimumCalls: number;
  /** How long it stays open; each reopening doubles that, up to the cap, and varies it by a share. */
  readonly openMs: number;
  readonly openCapMs: number;
  readonly openJitter: number;
  /** Chance of a caller in half-open who is not the first. */
  readonly admission: number;
  readonly successesToClose: number;
  /** A probe that has not reported by then has failed. */
  readonly leaseMs: number;
  /** What a surplus caller in half-open is told to wait. */
  readonly surplusRetryAfterMs: number;
}
