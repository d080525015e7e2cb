/**
 * Watches one series, sample by sample: every detector says how surprising the sample is, their surprises make the
 * evidence, and the evidence becomes a score in [0, 1]. What was surprising a moment ago is expected for a while: the
 * score falls again although the series has not come back, and rises only when things get worse.
 */
import { BrokenSeasonality } from "./detectors/broken-seasonality.ts";
import { ChangeOfTrend } from "./detectors/change-of-trend.ts";
import { ChangeOfVariance } from "./detectors/change-of-variance.ts";
import { FlatLine } from "./detectors/flat-line.ts";
import { Growth } from "./detectors/growth.ts";
import { LevelShift } from "./detectors/level-shift.ts";
import { MissingData } from "./detectors/missing-data.ts";
import { Spike } from "./detectors/spike.ts";
import { ZScore } from "./detectors/z-score.ts";
import { CounterRates } from "./counter.ts";
import { LARGEST, type Method, type SeriesDetector } from "./detector.ts";

/** Samples after which evidence is believed by half. */
export const WARM_UP = 60;
/** A shorter series has hardly begun when it ends. */
export const LEAST_WATCHED = 2 * WARM_UP;
/**
 * Times the greatest magnitude so far, beyond which a value counts as this: enough to be told, and a counter that ran
 * below 0 (2⁶⁴) does not spoil the means for days.
 */
const ABSURD = 100;
/** How much of the strongest recent evidence a sample has to surpass, and how much of that is left a sample later. */
const EXPECTED_AGAIN = 0.7;
const MEMORY = 0.985;
/** What one sample of ten does is no surprise: eight methods that each shrug are no evidence. */
const ORDINARY = 1;
/** Methods that see one thing, the distance from the slow mean, at once, smoothed and as a slope: they speak once. */
const OF_SLOW_MEAN: ReadonlySet<Method> = new Set<Method>(["z-score", "level-shift", "change-of-trend"]);
/** Evidence, in factors of ten of unlikeliness, that is a score of one half. */
const HALF = 2;
/** Evidence that may be worth telling when it is news. */
export const ALARMING_EVIDENCE = 2.5;

/** Evidence as a score in [0, 1]: more is always more, so that the gravest of many can be told apart. */
export const scoreOf = (evidence: number): number => evidence / (evidence + HALF);

const allDetectors = (pauses: MissingData, growth: Growth): readonly SeriesDetector[] => [
  new ZScore(),
  new Spike(growth),
  new LevelShift(),
  new ChangeOfTrend(),
  new ChangeOfVariance(),
  new BrokenSeasonality(growth),
  new FlatLine(),
  pauses,
];

export class SeriesWatch {
  readonly #counter: CounterRates;
  /** Of a gauge and of the counter that it turns out to be: pauses are the same. */
  readonly pauses = new MissingData();
  #growth = new Growth();
  detectors = allDetectors(this.pauses, this.#growth);
  /** Surprise of each detector at the sample added last. */
  readonly surprises: Float64Array;
  #count = 0;
  #remembered = 0;
  /** Greatest magnitude that the detectors were given. */
  #largest = 0;
  /** What the surprises at the sample added last amount to: whether it is abnormal, however long it has been. */
  evidence = 0;
  /** Their plain sum: a drift surprises each method a little, and all of them for long. */
  agreement = 0;

  /** What was watched of the sample added last: its value, or a counter's growth a second. */
  value = 0;

  /** `name` of the series, which may say that it is a counter. */
  constructor(name: string) {
    this.#counter = new CounterRates(name);
    this.surprises = new Float64Array(this.detectors.length);
  }

  /** Whether values are growth a second. */
  get isCounter(): boolean {
    return this.#counter.isCounter;
  }

  /**
   * The score of the next sample, from it and the earlier ones alone.
   * @param time microseconds, ascending; a sample that does not lie after the one before it is taken all the same
   * @param value finite
   */
  add(time: number, value: number): number {
    const within = Math.min(LARGEST, Math.max(-LARGEST, value));
    const watched = this.#counter.take(time, within);
    if (this.#counter.turned) return this.#beginAgain(time, watched);
    if (watched !== null) return this.#score(time, watched);
    // What the sample says is unknown; when it came is not.
    this.pauses.add(time);
    return 0;
  }

  /** What a series was before it turned out to be a counter says nothing about its growth, and the other way round. */
  #beginAgain(time: number, watched: number | null): number {
    this.#growth = new Growth();
    this.detectors = allDetectors(this.pauses, this.#growth);
    this.#count = 0;
    this.#remembered = 0;
    this.#largest = 0;
    if (!this.isCounter) return watched === null ? 0 : this.#score(time, watched);
    let score = 0;
    for (const grown of this.#counter.takeBegun()) score = this.#score(grown.time, grown.rate);
    return score;
  }

  #score(time: number, value: number): number {
    this.value = value;
    const limit = this.#count >= WARM_UP && this.#largest > 0 ? ABSURD * this.#largest : LARGEST;
    const taken = Math.min(limit, Math.max(-limit, value));
    this.#largest = Math.max(this.#largest, Math.abs(taken));
    this.#growth.add(taken);
    let sum = 0;
    let ofSlowMean = 0;
    let agreement = 0;
    for (let index = 0; index < this.detectors.length; index++) {
      const detector = this.detectors[index];
      if (detector === undefined) continue;
      const surprise = detector.add(time, taken);
      this.surprises[index] = surprise;
      agreement += surprise;
      if (surprise <= ORDINARY) continue;
      if (OF_SLOW_MEAN.has(detector.method)) ofSlowMean = Math.max(ofSlowMean, surprise - ORDINARY);
      else sum += surprise - ORDINARY;
    }
    const known = this.#count / (this.#count + WARM_UP);
    this.evidence = (sum + ofSlowMean) * known;
    this.agreement = agreement * known;
    this.#count++;
    const news = Math.max(0, this.evidence - EXPECTED_AGAIN * this.#remembered);
    this.#remembered = Math.max(this.evidence, this.#remembered * MEMORY);
    return scoreOf(news);
  }
}
