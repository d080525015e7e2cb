/** All breakers by name: one for each connector and target. */
import type { Failure } from "../../../shared/failure.ts";
import type { BreakerOptions } from "./breaker-options.ts";
import type { BreakerSnapshot, BreakerStatus } from "./breaker-state.ts";
import { type BreakerDeps, type BreakerIdentity, CircuitBreaker, breakerName } from "./circuit-breaker.ts";
import { Keyed } from "./keyed.ts";

export type OverallHealth = "healthy" | "degraded" | "critical";

export interface RestoredBreakers {
  readonly restored: number;
  /** One for each that could not be read. */
  readonly failures: readonly Failure[];
}

export class BreakerRegistry {
  readonly #breakers: Keyed<CircuitBreaker>;

  constructor(options: () => BreakerOptions, deps: BreakerDeps, capacity: number) {
    this.#breakers = new Keyed((key) => new CircuitBreaker(identityOf(key), options, deps), {
      capacity,
      isIdle: (breaker) => breaker.isIdle(),
    });
  }

  get(identity: BreakerIdentity): CircuitBreaker {
    return this.#breakers.get(breakerName(identity));
  }

  /** The breaker of that name as it is shown, "connector:target"; undefined when there is none. */
  find(name: string): CircuitBreaker | undefined {
    return this.#breakers.find(name);
  }

  statuses(): BreakerStatus[] {
    return Array.from(this.#breakers.values(), (breaker) => breaker.status());
  }

  overall(): OverallHealth {
    const statuses = this.statuses();
    const open = statuses.filter(({ state }) => state === "open").length;
    if (open * 2 > statuses.length) return "critical";
    return open > 0 ? "degraded" : "healthy";
  }

  /** Whatever would not be the same if it were made anew. */
  snapshot(): BreakerSnapshot[] {
    return Array.from(this.#breakers.values(), (breaker) => breaker.snapshot()).filter(
      ({ state, mode, controls, lastFailure }) =>
        state !== "closed" || mode !== "automatic" || controls.length > 0 || lastFailure !== null,
    );
  }

  restore(rows: readonly unknown[]): RestoredBreakers {
    const failures: Failure[] = [];
    for (const row of rows) {
      const identity = identityOfRow(row);
      const result = identity === null ? nameless : this.get(identity).restore(row);
      if (!result.ok) failures.push(result.failure);
    }
    return { restored: rows.length - failures.length, failures };
  }
}

const nameless = {
  ok: false,
  failure: {
    reason: "damaged-state",
    message: "A saved breaker does not say what it belongs to and was set aside; that breaker begins closed.",
  },
} as const;

/** A connector's id has no colon in it. */
function identityOf(key: string): BreakerIdentity {
  const colon = key.indexOf(":");
  return { connector: key.slice(0, colon), target: key.slice(colon + 1) };
}

function identityOfRow(row: unknown): BreakerIdentity | null {
  if (typeof row !== "object" || row === null || !("connector" in row) || !("target" in row)) return null;
  const { connector, target } = row;
  return typeof connector === "string" && typeof target === "string" ? { connector, target } : null;
}
