/** Tallies of one kind of call over time: slots of the last hour, and the sum of all that ever was. */
import { z } from "zod";
import type { ErrorClass } from "./classify.ts";
import type { MonotonicMs } from "./clock.ts";
import { SERIES_SLOT_MS } from "./defaults.ts";
import { Tally, tallySchema } from "./tally.ts";

export const WINDOWS_MS = { "5m": 5 * 60_000, "1h": 60 * 60_000, all: Infinity } as const;
export type StatisticsWindow = keyof typeof WINDOWS_MS;

export const seriesSchema = z.object({
  all: tallySchema,
  slots: z.array(z.object({ ageMs: z.number().min(0), tally: tallySchema })).readonly(),
});
export type SeriesSnapshot = z.infer<typeof seriesSchema>;

interface Slot {
  readonly beganAt: number;
  readonly tally: Tally;
}

export class CallSeries {
  readonly #all = new Tally();
  /** Oldest first. */
  #slots: Slot[] = [];

  record(durationMs: number, errorClass: ErrorClass | null, now: MonotonicMs): void {
    this.#all.record(durationMs, errorClass);
    let slot = this.#slots.at(-1);
    if (slot === undefined || now - slot.beganAt >= SERIES_SLOT_MS) {
      this.#slots = this.#slotsOf("1h", now);
      slot = { beganAt: now, tally: new Tally() };
      this.#slots.push(slot);
    }
    slot.tally.record(durationMs, errorClass);
  }

  /** The calls of a window, to the length of a slot. */
  over(window: StatisticsWindow, now: MonotonicMs): Tally {
    const sum = new Tally();
    if (window === "all") sum.merge(this.#all);
    else for (const { tally } of this.#slotsOf(window, now)) sum.merge(tally);
    return sum;
  }

  /** Whether nothing happened within the hour. */
  isIdle(now: MonotonicMs): boolean {
    return this.#slotsOf("1h", now).length === 0;
  }

  snapshot(now: MonotonicMs): SeriesSnapshot {
    const slots = this.#slotsOf("1h", now);
    return {
      all: this.#all.snapshot(),
      slots: slots.map(({ beganAt, tally }) => ({ ageMs: now - beganAt, tally: tally.snapshot() })),
    };
  }

  /** Adds what was written down so long ago. */
  add(snapshot: SeriesSnapshot, passedMs: number, now: MonotonicMs): void {
    this.#all.merge(Tally.of(snapshot.all));
    const added = snapshot.slots.map(({ ageMs, tally }) => ({
      beganAt: now - passedMs - ageMs,
      tally: Tally.of(tally),
    }));
    this.#slots = [...added, ...this.#slots].sort((a, b) => a.beganAt - b.beganAt);
  }

  #slotsOf(window: StatisticsWindow, now: MonotonicMs): Slot[] {
    return this.#slots.filter(({ beganAt }) => now - beganAt < WINDOWS_MS[window]);
  }
}
