/**
 * The reference cut into stretches as long as the incident: how they differ among themselves is how much things move
 * without any incident.
 */
import type { TimeSequence } from "../../series/time-list.ts";
import type { Windows } from "../signals.ts";
import { referenceOf, Side, type Reference } from "./reference.ts";

export class Stretches {
  readonly #reference: Reference;
  readonly #from: number;
  readonly #length: number;
  readonly #numbers = new Map<number, number>();

  /** Only stretches in which something happened count; of more than `latest`, the last ones. */
  constructor(times: TimeSequence, windows: Windows, latest = Infinity) {
    this.#reference = referenceOf(times, windows);
    this.#from = windows.incident.from;
    this.#length = windows.incident.to - windows.incident.from;
    const found = new Set<number>();
    let last = Number.NaN;
    times.forEach((time) => {
      const stretch = this.#stretch(time);
      // Most times lie in the stretch of the one before.
      if (stretch === last || this.#reference.side(time) !== Side.reference) return;
      found.add(stretch);
      last = stretch;
    });
    const ordered = [...found].sort((a, b) => a - b);
    for (const [number, stretch] of ordered.slice(Math.max(0, ordered.length - latest)).entries())
      this.#numbers.set(stretch, number);
  }

  /** Stretches of the reference. */
  get count(): number {
    return this.#numbers.size;
  }

  /** Number of the stretch, {@link count} for the incident, null for neither. */
  of(time: number): number | null {
    const side = this.#reference.side(time);
    if (side === Side.neither) return null;
    return side === Side.incident ? this.count : (this.#numbers.get(this.#stretch(time)) ?? null);
  }

  #stretch(time: number): number {
    return Math.floor((time - this.#from) / this.#length);
  }
}
