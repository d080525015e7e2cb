/**
 * Watches one series, sample by sample: every detector says how surprising the sample is, their surprises are added to
 * the evidence, and the evidence becomes a score in [0, 1]. What was surprising a moment ago is expected for a while:
 * the score falls again although the series has not come back, and rises only when things get worse.
 */
import { BrokenSeasonality } from "./detectors/broken-seasonality.ts";
import { ChangeOfTrend } from "./detectors/change-of-trend.ts";
import { ChangeOfVariance } from "./detectors/change-of-variance.ts";
import { FlatLine } from "./detectors/flat-line.ts";
import { LevelShift } from "./detectors/level-shift.ts";
import { MissingData } from "./detectors/missing-data.ts";
import { Spike } from "./detectors/spike.ts";
import { ZScore } from "./detectors/z-score.ts";
import { LARGEST, type Band, type Method, type SeriesDetector } from "./detector.ts";

/** Samples after which evidence is believed by half. */
const WARM_UP = 60;
/** How much of the strongest recent evidence a sample has to surpass, and how much of that is left a sample later. */
const EXPECTED_AGAIN = 0.7;
const MEMORY = 0.985;
/** Evidence, in factors of ten of unlikeliness, that moves a score half of its way to 1. */
const HALF_WAY = 3;

export class SeriesWatch {
  readonly detectors: readonly SeriesDetector[];
  /** Surprise of each detector at the sample added last. */
  readonly surprises: Float64Array;
  #count = 0;
  #remembered = 0;
  /** Sum of the surprises at the sample added last: whether it is abnormal, however long it has been. */
  evidence = 0;

  constructor() {
    this.detectors = [
      new ZScore(),
      new Spike(),
      new LevelShift(),
      new ChangeOfVariance(),
      new BrokenSeasonality(),
      new FlatLine(),
      new ChangeOfTrend(),
      new MissingData(),
    ];
    this.surprises = new Float64Array(this.detectors.length);
  }

  /**
   * The score of the next sample, from it and the earlier ones alone.
   * @param time microseconds, ascending
   */
  add(time: number, value: number): number {
    const within = Math.min(LARGEST, Math.max(-LARGEST, value));
    let sum = 0;
    for (let index = 0; index < this.detectors.length; index++) {
      const surprise = this.detectors[index]?.add(time, within) ?? 0;
      this.surprises[index] = surprise;
      sum += surprise;
    }
    this.evidence = (sum * this.#count) / (this.#count + WARM_UP);
    this.#count++;
    const news = Math.max(0, this.evidence - EXPECTED_AGAIN * this.#remembered);
    this.#remembered = Math.max(this.evidence, this.#remembered * MEMORY);
    return 1 - 2 ** (-news / HALF_WAY);
  }
}
