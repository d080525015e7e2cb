/**
 * From evidence to anomalies. A stretch begins with news, a score beyond the limit, or where the methods agree for long
 * without any of them having news, as in a slow drift. It lasts while there is evidence or the value stays outside of where
 * the series used to be: a series gets used to a new level long before it is over. It is told once it is over, when its
 * evidence was enough for what it is.
 */
import type { Band, Method } from "./detector.ts";
import { excessOf } from "./excess.ts";
import { teller } from "./teller.ts";
import { ALARMING_EVIDENCE, scoreOf, type SeriesWatch } from "./watch.ts";

export interface SeriesAnomaly {
  /** Indexes of samples. Of missing data: the last sample before and the first one after the pause. */
  readonly start: number;
  /** The value farthest outside of where the series used to be, or the greatest evidence where none was outside. */
  readonly peak: number;
  readonly end: number;
  readonly method: Method;
  /** 0–1: the evidence as a score. */
  readonly score: number;
  /** The greatest evidence, in factors of ten. */
  readonly evidence: number;
  /** What was watched at the peak: the value, or a counter's growth a second. */
  readonly peakValue: number;
  /** Where the value was expected when the stretch began; null when the method says nothing about values. */
  readonly band: Band | null;
  /** Whether values are growth a second. */
  readonly perSecond: boolean;
}

/** A score from which a sample begins a stretch. */
const ALARM = scoreOf(ALARMING_EVIDENCE);
/** Agreement of the methods that is told of when so many samples in a row have it. */
const LASTING_AGREEMENT = 8;
const LASTING = 5;
/** Samples that a drift lasts at least. */
const SHORTEST_DRIFT = 20;
/** Evidence below this share of the peak's, or below this, is none. */
const FADED = 0.4;
const LEAST_EVIDENCE = 1;
/** Samples without evidence that end a stretch; what does not last as long is short. */
const CALM = 3;
/** Evidence that a stretch is told from, and a short one, of which most series have many, unless it is far out. */
export const TOLD_EVIDENCE = 5;
const TOLD_OF_SHORT = 6;
/** Reaches of the band. */
const FAR_OUT = 5;
/** Below, a method is not surprised: one sample of a hundred is as far out. */
const SURPRISED = 2;
/** Of the usual pause: a shorter one is a scrape that failed. */
const LONG_PAUSE = 5;
/** Factors of ten of unlikeliness from which a long pause is told. */
const PAUSE_SURPRISE = 3;

interface Open {
  readonly start: number;
  /** One a detector; the first, of the plain distance, says where the series used to be. */
  readonly bands: readonly (Band | null)[];
  readonly sums: Float64Array;
  readonly atPeak: Float64Array;
  /** The last sample that surprised each detector. */
  readonly surprised: Float64Array;
  /** Samples with evidence, and the last of them. */
  samples: number;
  evident: number;
  /** The last sample outside of where the series used to be. */
  outside: number;
  above: number;
  below: number;
  /** How far outside the farthest value was, and where. */
  distance: number;
  peak: number;
  peakValue: number;
  evidence: number;
  /** Whether the methods agreed for long while it lasted. */
  drifted: boolean;
  /** Whether the series leapt: the very first sample lay far from the ones before. */
  readonly leapt: boolean;
}

/** 1 above the band, −1 below, 0 within or without one. */
const sideOf = (value: number, band: Band | null): number =>
  band === null ? 0 : Number(value > band.high) - Number(value < band.low);

export class StretchFinder {
  readonly #watch: SeriesWatch;
  readonly found: SeriesAnomaly[] = [];
  #open: Open | null = null;
  #index = -1;
  /** Samples in a row on which the methods agree. */
  #lasting = 0;
  /** Whether a value was below 0: a band of what never is does not reach there. */
  #hasNegatives = false;

  constructor(watch: SeriesWatch) {
    this.#watch = watch;
  }

  /** The sample that the watch took last, and its score. */
  add(score: number): void {
    this.#index++;
    this.#lookForPause();
    const { agreement, value } = this.#watch;
    if (value < 0) this.#hasNegatives = true;
    this.#lasting = agreement >= LASTING_AGREEMENT ? this.#lasting + 1 : 0;
    if (this.#open !== null && score >= ALARM && this.#isAnother(this.#open)) this.#close(this.#open);
    if (this.#open === null) {
      if (score < ALARM && !this.#isDrifting()) return;
      this.#open = this.#begin();
    }
    this.#follow(this.#open);
  }

  end(): readonly SeriesAnomaly[] {
    if (this.#open !== null) this.#close(this.#open);
    return this.found;
  }

  /** What was never news counts where the value has left its place for good, or does not move any more. */
  #isDrifting(): boolean {
    if (this.#lasting < LASTING) return false;
    const { value, surprises, detectors } = this.#watch;
    const rests = detectors.some(({ method }, at) => method === "flat-line" && (surprises[at] ?? 0) >= SURPRISED);
    return rests || sideOf(value, detectors[0]?.band() ?? null) !== 0;
  }

  /** What is news again after the evidence of a stretch had gone, unless it goes farther the same way without a leap. */
  #isAnother({ evident, bands }: Open): boolean {
    if (this.#index - evident <= CALM) return false;
    return sideOf(this.#watch.value, bands[0] ?? null) === 0 || this.#leaps();
  }

  #leaps(): boolean {
    const { surprises, detectors } = this.#watch;
    return detectors.some(({ method }, at) => method === "spike" && (surprises[at] ?? 0) >= SURPRISED);
  }

  #begin(): Open {
    const { value, surprises, detectors } = this.#watch;
    return {
      start: this.#index - Math.max(0, this.#lasting - 1),
      bands: detectors.map((detector) => this.#possible(detector.band())),
      sums: new Float64Array(surprises.length),
      atPeak: new Float64Array(surprises.length),
      surprised: new Float64Array(surprises.length).fill(this.#index),
      samples: 0,
      evident: this.#index,
      outside: this.#index,
      above: 0,
      below: 0,
      distance: 0,
      peak: this.#index,
      peakValue: value,
      evidence: 0,
      drifted: false,
      leapt: this.#leaps(),
    };
  }

  #follow(open: Open): void {
    const { evidence, value, surprises } = this.#watch;
    open.drifted ||= this.#isDrifting();
    if (evidence > open.evidence) {
      open.evidence = evidence;
      open.atPeak.set(surprises);
      if (open.distance === 0) this.#peakHere(open);
    }
    const plain = open.bands[0] ?? null;
    const side = sideOf(value, plain);
    if (plain !== null && side !== 0) {
      open.outside = this.#index;
      if (side > 0) open.above++;
      else open.below++;
      const distance = Math.abs(value - plain.center);
      if (distance > open.distance) {
        open.distance = distance;
        this.#peakHere(open);
      }
    }
    if (evidence >= Math.max(LEAST_EVIDENCE, FADED * open.evidence)) {
      open.evident = this.#index;
      open.samples++;
      for (let at = 0; at < surprises.length; at++) {
        const surprise = surprises[at] ?? 0;
        open.sums[at] = (open.sums[at] ?? 0) + surprise;
        if (surprise >= SURPRISED) open.surprised[at] = this.#index;
      }
    } else if (this.#index - Math.max(open.outside, open.evident) >= CALM) this.#close(open);
  }

  #peakHere(open: Open): void {
    open.peak = this.#index;
    open.peakValue = this.#watch.value;
  }

  #possible(band: Band | null): Band | null {
    return band === null || this.#hasNegatives ? band : { ...band, low: Math.max(0, band.low) };
  }

  #close(open: Open): void {
    this.#open = null;
    const { start, peak, outside, evident, evidence, peakValue, bands, surprised, drifted } = open;
    const { detectors, isCounter: perSecond } = this.#watch;
    const isShort = outside - start < CALM;
    const isDrift = drifted && Math.max(outside, evident) - start >= SHORTEST_DRIFT;
    const best = teller(detectors, { ...open, isShort });
    const method = detectors[best]?.method ?? "z-score";
    // Means go on being surprised by a spike that is over.
    const end = method === "spike" ? outside : Math.max(outside, surprised[best] ?? 0);
    // The plain distance has a band whenever the method that tells has none.
    const band = bands[best] ?? bands[0] ?? null;
    const isCommon = isShort && excessOf(band, peakValue) < FAR_OUT;
    if (!isDrift && evidence < (isCommon ? TOLD_OF_SHORT : TOLD_EVIDENCE)) return;
    this.found.push({ start, peak, end, method, score: scoreOf(evidence), evidence, peakValue, band, perSecond });
  }

  #lookForPause(): void {
    const { pauses, surprise } = this.#watch.pauses;
    if (pauses < LONG_PAUSE || surprise < PAUSE_SURPRISE) return;
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
