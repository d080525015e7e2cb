/**
 * Who made the work: where requests of a service rise as those of a caller do, the caller asks for more, and what the
 * service shows is no trouble of its own as far as more work explains it. Where they rise and no caller's do, it is
 * asked more often by itself.
 */
import type { ServiceGraph } from "../service-graph.ts";
import type { Finding } from "./finding.ts";
import type { MetricShift } from "./metric-shift.ts";

/** Requests rise when they grow to so many times what they were. */
const LEAST_RISE = 1.5;
/** A caller asks for more where its own requests rose at least by this share of the rise, as logarithms. */
const ALIKE = 0.5;
/** What stays of what more work explains. */
const KEPT = 0.25;
/** More requests tell little by themselves; where nobody above asks for more, they are the trouble. */
const BY_ITSELF = 3;

export class LoadFlow {
  /** Logarithm of how many times more requests came, by service whose requests rose. */
  readonly #rises = new Map<string, number>();
  /** Logarithm of how many times more there is of what a series measures, by service and series. */
  readonly #growths = new Map<string, Map<string, number>>();
  readonly #graph: ServiceGraph;

  constructor(shifts: readonly MetricShift[], graph: ServiceGraph) {
    this.#graph = graph;
    for (const { metric, kind, rises, before, during } of shifts) {
      const { service, name } = metric;
      if (service === null) continue;
      const growths = this.#growths.get(service) ?? new Map<string, number>();
      this.#growths.set(service, growths.set(name, rises ? Math.log(during / Math.max(before, 0)) : 0));
      if (kind !== "load" || !rises || before <= 0 || during < LEAST_RISE * before) continue;
      const rise = Math.log(during / before);
      this.#rises.set(service, Math.max(rise, this.#rises.get(service) ?? 0));
    }
  }

  /** Whether `caller` asks `service` for more than before. */
  #isAsked(service: string, caller: string): boolean {
    const rise = this.#rises.get(service);
    return rise !== undefined && (this.#rises.get(caller) ?? 0) >= ALIKE * rise;
  }

  /** Whether those who ask for more are asked for it themselves, up to where requests enter. */
  #isFromOutside(service: string): boolean {
    const seen = new Set([service]);
    for (const one of seen) {
      const callers = this.#graph.callers(one);
      const asking = [...callers].filter((caller) => this.#isAsked(one, caller));
      if (asking.length === 0 && callers.size > 0) return false;
      for (const caller of asking) seen.add(caller);
    }
    return true;
  }

  /**
   * How much of a finding is no more than the work that came in, 0–1. Work that a service within makes is that
   * service's trouble, whatever comes of it. What comes from outside is nobody's: all is explained of what grew as
   * requests did; of what grew farther, the part that they grew by, as logarithms; nothing of what fell, and nothing of
   * the errors of a service that had none.
   */
  #explained({ service, resource }: Finding): number {
    if (!this.#isFromOutside(service)) return 1;
    const growth = this.#growths.get(service)?.get(resource ?? "") ?? 0;
    return growth <= 0 ? 0 : Math.min(1, (this.#rises.get(service) ?? 0) / growth);
  }

  /** What of a finding `caller` may be excused by, 0–1: what it asks for itself excuses nobody who asks. */
  passedOn(finding: Finding, caller: string): number {
    return this.#isAsked(finding.service, caller) ? 1 - this.#explained(finding) : 1;
  }

  /** How much of a finding counts. */
  weightOf(finding: Finding): number {
    const { service, strand } = finding;
    if (this.#graph.isEmpty || !this.#rises.has(service)) return 1;
    if ([...this.#graph.callers(service)].some((caller) => this.#isAsked(service, caller)))
      return 1 - (1 - KEPT) * this.#explained(finding);
    return strand === "load" ? BY_ITSELF : 1;
  }
}
