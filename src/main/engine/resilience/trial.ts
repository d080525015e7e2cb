/**
 * Half-open: few calls find out whether a target is well again. The first caller is always let in, others by chance;
 * each has a lease, after which a probe that never reported counts as failed.
 */
import type { BreakerOptions } from "./breaker-options.ts";
import type { Random } from "./random.ts";

export class Trial {
  readonly state = "half-open";
  /** Lease ends of the probes that have not reported. */
  readonly #probes = new Map<symbol, number>();
  #successes = 0;

  /** Lets a caller in until its lease ends: what it is to call when it reports. Null for one too many. */
  admit(leaseEnd: number, { admission }: BreakerOptions, random: Random): (() => void) | null {
    const isFirst = this.#successes === 0 && this.#probes.size === 0;
    if (!isFirst && random() >= admission) return null;
    const probe = Symbol("probe");
    this.#probes.set(probe, leaseEnd);
    return () => this.#probes.delete(probe);
  }

  /** One more probe went well; whether that is enough. */
  succeeded({ successesToClose }: BreakerOptions): boolean {
    this.#successes += 1;
    return this.#successes >= successesToClose;
  }

  /** When the first of the leases ends; Infinity without probes. */
  firstLeaseEnd(): number {
    let first = Infinity;
    for (const end of this.#probes.values()) first = Math.min(first, end);
    return first;
  }
}
