/** One reason for or against a change: how much it moves the odds, and the sentence that says so. */
import type { Micros } from "../../../../shared/units.ts";
import type { Evidence, Place } from "../signals.ts";

export interface Factor {
  /** Natural logarithm of the ratio of likelihoods: of seeing this if the change did it, and if it did not. */
  readonly logOdds: number;
  readonly text: string;
  readonly place: Place | null;
  readonly time: Micros | null;
  readonly series?: string;
}

/** Weight of a factor that settles the matter nearly by itself: odds of twenty to one. */
const DECISIVE = 3;

export const evidenceOf = ({ logOdds, text, place, time, series }: Factor): Evidence => ({
  for: logOdds >= 0,
  text,
  place,
  series,
  time,
  weight: Math.round(Math.min(1, Math.abs(logOdds) / DECISIVE) * 100) / 100,
});
