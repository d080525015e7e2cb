/**
 * From scores to anomalies: a stretch begins where the score passes the limit, and lasts while there is evidence or the
 * value stays outside of where the series used to be: a series gets used to a new level long before it is over. It is
 * told by the method that was most surprised, at the peak and over the whole stretch: what begins as a spike may turn out
 * to be a new level.
 */
import type { Band, Method } from "./detector.ts";
import { scoreOf, type SeriesWatch } from "./watch.ts";

export interface SeriesAnomaly {
  /** Indexes of samples. Of missing data: the last sample before and the first one after the pause. */
  readonly start: number;
  readonly peak: number;
  readonly end: number;
  readonly method: Method;
  /** 0–1: the highest score of the stretch. */
  readonly score: number;
  /** Sum of the surprises at the peak, in factors of ten. */
  readonly evidence: number;
  /** What was watched at the peak: the value, or a counter's growth a second. */
  readonly peakValue: number;
  /** Where the value was expected when the stretch began; null when the method says nothing about values. */
  readonly band: Band | null;
  /** Whether values are growth a second. */
  readonly perSecond: boolean;
}

/** A score from which a sample is told of. */
export const ALARM = 0.5;
/** Evidence below this share of the peak's, or below this, is none. */
const FADED = 0.4;
const LEAST_EVIDENCE = 3;
/** Samples without evidence that end a stretch. */
const CALM = 3;
/** The distance from the slow mean grows with everything: it tells a stretch only where it stands out by itself. */
const PLAIN_WEIGHT = 0.85;
/** Of the usual pause: a shorter one is a scrape that failed. */
const LONG_PAUSE = 5;

interface Open {
  readonly start: number;
  /** One a detector; the first, of the plain distance, says where the series used to be. */
  readonly bands: readonly (Band | null)[];
  readonly sums: Float64Array;
  readonly atPeak: Float64Array;
  /** Samples with evidence, the last of them, and the last sample that was abnormal in either way. */
  samples: number;
  evident: number;
  peak: number;
  last: number;
  score: number;
  evidence: number;
  peakValue: number;
}

const isOutside = (value: number, band: Band | null): boolean =>
  band !== null && (value < band.low || value > band.high);

export class StretchFinder {
  readonly #watch: SeriesWatch;
  readonly found: SeriesAnomaly[] = [];
  #open: Open | null = null;
  #index = -1;
  /** Whether a value was below 0: a band of what never is does not reach there. */
  #hasNegatives = false;

  constructor(watch: SeriesWatch) {
    this.#watch = watch;
  }

  /** The sample that the watch took last, and its score. */
  add(score: number): void {
    this.#index++;
    this.#lookForPause();
    const { evidence, value, surprises } = this.#watch;
    if (value < 0) this.#hasNegatives = true;
    // What is news again after the evidence of a stretch had gone is another one.
    if (this.#open !== null && score >= ALARM && this.#index - this.#open.evident > CALM) this.#close(this.#open);
    if (this.#open === null) {
      if (score < ALARM) return;
      this.#open = this.#begin(score);
    }
    const open = this.#open;
    if (evidence > open.evidence) {
      open.evidence = evidence;
      open.peak = this.#index;
      open.peakValue = value;
      open.atPeak.set(surprises);
    }
    if (score > open.score) open.score = score;
    if (evidence >= Math.max(LEAST_EVIDENCE, FADED * open.evidence)) {
      open.evident = this.#index;
      open.last = this.#index;
      open.samples++;
      for (let at = 0; at < surprises.length; at++) open.sums[at] = (open.sums[at] ?? 0) + (surprises[at] ?? 0);
    } else if (isOutside(value, open.bands[0] ?? null)) open.last = this.#index;
    else if (this.#index - open.last >= CALM) this.#close(open);
  }

  #begin(score: number): Open {
    const { value, surprises, detectors } = this.#watch;
    return {
      start: this.#index,
      bands: detectors.map((detector) => this.#possible(detector.band())),
      sums: new Float64Array(surprises.length),
      atPeak: new Float64Array(surprises.length),
      samples: 0,
      evident: this.#index,
      peak: this.#index,
      last: this.#index,
      score,
      evidence: 0,
      peakValue: value,
    };
  }

  end(): readonly SeriesAnomaly[] {
    if (this.#open !== null) this.#close(this.#open);
    return this.found;
  }

  #possible(band: Band | null): Band | null {
    return band === null || this.#hasNegatives ? band : { ...band, low: Math.max(0, band.low) };
  }

  #close({ start, peak, last, score, evidence, peakValue, bands, sums, atPeak, samples }: Open): void {
    this.#open = null;
    let best = 0;
    let most = -1;
    for (const [index, { method }] of this.#watch.detectors.entries()) {
      const surprise = (atPeak[index] ?? 0) + (sums[index] ?? 0) / samples;
      const weight = surprise * (method === "z-score" ? PLAIN_WEIGHT : 1);
      if (weight <= most) continue;
      most = weight;
      best = index;
    }
    const method = this.#watch.detectors[best]?.method ?? "z-score";
    const { isCounter: perSecond } = this.#watch;
    // The plain distance has a band whenever the method that tells has none.
    const band = bands[best] ?? bands[0] ?? null;
    this.found.push({ start, peak, end: last, method, score, evidence, peakValue, band, perSecond });
  }

  #lookForPause(): void {
    const { pauses, surprise } = this.#watch.pauses;
    if (pauses < LONG_PAUSE || surprise < LEAST_EVIDENCE) return;
    this.found.push({
      start: this.#index - 1,
      peak: this.#index,
      end: this.#index,
      method: "missing-data",
      score: scoreOf(surprise),
      evidence: surprise,
      peakValue: this.#watch.value,
      band: null,
      perSecond: this.#watch.isCounter,
    });
  }
}
