/**
 * Who made the work: where requests of a service rise as those of a caller do, the caller asks for more, and what the
 * service shows under it is no trouble of its own. Where they rise and no caller's do, it is asked more often by itself.
 */
import type { ServiceGraph } from "../service-graph.ts";
import type { Finding } from "./finding.ts";
import type { MetricShift } from "./metric-shift.ts";

/** Requests rise when they grow to so many times what they were. */
const LEAST_RISE = 1.5;
/** A caller asks for more where its own requests rose at least by this share of the rise, as logarithms. */
const ALIKE = 0.5;
/** What stays of what a service shows that is asked for more. */
const KEPT = 0.25;
/** More requests tell little by themselves; where nobody above asks for more, they are the trouble. */
const BY_ITSELF = 3;

export class LoadFlow {
  /** Logarithm of how many times more requests came, by service whose requests rose. */
  readonly #rises = new Map<string, number>();
  readonly #graph: ServiceGraph;

  constructor(shifts: readonly MetricShift[], graph: ServiceGraph) {
    this.#graph = graph;
    for (const { metric, kind, rises, before, during } of shifts) {
      if (metric.service === null || kind !== "load" || !rises || before <= 0 || during < LEAST_RISE * before) continue;
      const rise = Math.log(during / before);
      this.#rises.set(metric.service, Math.max(rise, this.#rises.get(metric.service) ?? 0));
    }
  }

  /** Whether `caller` asks `service` for more than before. */
  isAsked(service: string, caller: string): boolean {
    const rise = this.#rises.get(service);
    return rise !== undefined && (this.#rises.get(caller) ?? 0) >= ALIKE * rise;
  }

  /** How much of a finding counts. */
  weightOf({ service, strand }: Finding): number {
    if (this.#graph.isEmpty || !this.#rises.has(service)) return 1;
    if ([...this.#graph.callers(service)].some((caller) => this.isAsked(service, caller))) return KEPT;
    return strand === "load" ? BY_ITSELF : 1;
  }
}
