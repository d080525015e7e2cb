/**
 * Which detector tells a stretch: the one that was most surprised, at the peak and on average, for what begins as a spike
 * may turn out to be a new level. Detectors see the same thing in different words; a few rules settle which words fit.
 */
import type { SeriesDetector } from "./detector.ts";

export interface StretchSurprises {
  /** Surprise of each detector at the greatest evidence, and its sum over the samples with evidence. */
  readonly atPeak: Float64Array;
  readonly sums: Float64Array;
  readonly samples: number;
  /** Samples above and below where the series used to be. */
  readonly above: number;
  readonly below: number;
  /** Whether the very first sample lay far from the ones before. */
  readonly leapt: boolean;
  /** Whether it was over after a few samples. */
  readonly isShort: boolean;
}

/** Samples above and below, each, from which a series is unsteady and at no other level. */
const BOTH_SIDES = 3;
/** A method saw what it was surprised by, to this share of the one that was most. */
const SAW_TOO = 0.5;
/** The distance from the slow mean grows with everything: it tells a stretch only where no other method says why. */
const PLAIN_WEIGHT = 0.5;

/** Index of the detector. */
export function teller(detectors: readonly SeriesDetector[], stretch: StretchSurprises): number {
  const { atPeak, sums, samples, above, below, leapt, isShort } = stretch;
  const indexOf = (wanted: SeriesDetector["method"]): number => detectors.findIndex(({ method }) => method === wanted);
  if (above >= BOTH_SIDES && below >= BOTH_SIDES) return indexOf("change-of-variance");
  let best = 0;
  let most = -1;
  for (const [index, { method }] of detectors.entries()) {
    // A leap is no slope, and a slope brings another level with it.
    if ((method === "spike" && !isShort) || method === (leapt ? "change-of-trend" : "level-shift")) continue;
    const surprise = (atPeak[index] ?? 0) + (sums[index] ?? 0) / Math.max(1, samples);
    const weight = surprise * (method === "z-score" ? PLAIN_WEIGHT : 1);
    if (weight <= most) continue;
    most = weight;
    best = index;
  }
  const spike = indexOf("spike");
  return isShort && (atPeak[spike] ?? 0) >= SAW_TOO * (atPeak[best] ?? 0) ? spike : best;
}
