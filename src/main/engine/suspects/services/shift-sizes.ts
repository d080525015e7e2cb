/** How much services share of what they show, where it is measured alike: so many seconds, so many errors of a hundred. */
import { measureOf } from "./metric-normal.ts";
import type { MetricShift } from "./metric-shift.ts";

export class ShiftSizes {
  /** By service and then by name of the series without labels: strongest first. */
  readonly #shifts = new Map<string, Map<string, MetricShift>>();

  constructor(shifts: readonly MetricShift[]) {
    for (const shift of shifts.toSorted((a, b) => b.nats - a.nats)) {
      const { service, name } = shift.metric;
      if (service === null) continue;
      const known = this.#shifts.get(service) ?? new Map<string, MetricShift>();
      this.#shifts.set(service, known);
      if (!known.has(measureOf(name))) known.set(measureOf(name), shift);
    }
  }

  /**
   * What the callee moved by as a share of what the caller did, in the series that tells most of the caller and that both
   * have; 0 where the callee moved the other way, or nothing is measured alike.
   */
  partOf(caller: string, callee: string): number {
    const below = this.#shifts.get(callee);
    for (const [measure, { before, during }] of this.#shifts.get(caller) ?? []) {
      const other = below?.get(measure);
      if (other !== undefined && during !== before)
        return Math.max(0, (other.during - other.before) / (during - before));
    }
    return 0;
  }
}
