/**
 * Counts of what happened during the last so many milliseconds. It slides: an entry leaves exactly when it is as old as
 * the window, not when a period of the clock ends. Entries of the same millisecond share a slot.
 */
import type { MonotonicMs } from "./clock.ts";

interface Slot<Name extends string> {
  readonly at: number;
  readonly counts: Map<Name, number>;
}

export class SlidingWindow<Name extends string> {
  readonly #lengthMs: () => number;
  readonly #totals = new Map<Name, number>();
  #slots: Slot<Name>[] = [];
  /** Slots before this one have left; they are cut off in bulk. */
  #first = 0;

  /** The length may change; what has left stays away. */
  constructor(lengthMs: () => number) {
    this.#lengthMs = lengthMs;
  }

  add(name: Name, now: MonotonicMs): void {
    this.#expire(now);
    const at = Math.floor(now);
    let slot = this.#slots.at(-1);
    if (slot?.at !== at) {
      slot = { at, counts: new Map() };
      this.#slots.push(slot);
    }
    increase(slot.counts, name, 1);
    increase(this.#totals, name, 1);
  }

  count(name: Name, now: MonotonicMs): number {
    this.#expire(now);
    return this.#totals.get(name) ?? 0;
  }

  clear(): void {
    this.#slots = [];
    this.#first = 0;
    this.#totals.clear();
  }

  #expire(now: MonotonicMs): void {
    const lengthMs = this.#lengthMs();
    for (let slot = this.#slots[this.#first]; slot !== undefined; slot = this.#slots[this.#first]) {
      if (Math.floor(now) - slot.at < lengthMs) break;
      for (const [name, count] of slot.counts) increase(this.#totals, name, -count);
      this.#first += 1;
    }
    if (this.#first * 2 > this.#slots.length) {
      this.#slots.splice(0, this.#first);
      this.#first = 0;
    }
  }
}

function increase<Name>(counts: Map<Name, number>, name: Name, by: number): void {
  counts.set(name, (counts.get(name) ?? 0) + by);
}
