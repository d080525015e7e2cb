/**
 * Broken seasonality: a sample unlike those at the same time of day, of the week, or of the series' own period. Of the
 * profiles that know the phase, the one that has been right most is asked. A busy day lies above its season all day
 * long: its samples are also compared with how far the last few lay from theirs, and the greater surprise is told.
 */
import { HORIZON, OUTSIDE_BAND, type Band, type SeriesDetector } from "../detector.ts";
import { TwoSidedTail } from "../tail.ts";
import type { Growth } from "./growth.ts";
import { MovingMean } from "./moving-mean.ts";
import { periodOf } from "./period.ts";
import { SeasonalProfile } from "./seasonal-profile.ts";

const DAY = 86_400_000_000;
const WEEK = 7 * DAY;
/** Pauses by which the cadence is known. */
const CADENCE_AFTER = 10;
/** A period needs this many samples to have phases, and more phases than this tell nothing more. */
const LEAST_PHASES = 6;
const MOST_PHASES_A_DAY = 288;
const MOST_PHASES_A_WEEK = 672;
/** Samples by which a period is estimated: once they are there, and again at each doubling. */
const WINDOW = 512;
const LAST_ESTIMATE = 16 * WINDOW;
/** Periods closer than this are the same. */
const SAME = 0.05;
/** Samples by which is told how far the series lies from its season just now. */
const RECENT_DISTANCES = 3;

export class BrokenSeasonality implements SeriesDetector {
  readonly method = "broken-seasonality";
  readonly #profiles: SeasonalProfile[] = [];
  readonly #periods: number[] = [];
  readonly #growth: Growth;
  readonly #tail = new TwoSidedTail(HORIZON);
  readonly #recentDistance = new MovingMean(RECENT_DISTANCES);
  readonly #leaps = new TwoSidedTail(HORIZON);
  #recent: Float64Array | null = new Float64Array(WINDOW);
  #nextEstimate = WINDOW;
  #count = 0;
  #first = 0;
  #last = 0;
  #expected: number | null = null;

  /** @param growth of the series; it is given each sample first */
  constructor(growth: Growth) {
    this.#growth = growth;
  }

  add(time: number, value: number): number {
    if (this.#count === 0) this.#first = time;
    this.#last = time;
    if (this.#count === CADENCE_AFTER) this.#watchDayAndWeek();
    this.#remember(value);
    this.#count++;
    let least = Number.POSITIVE_INFINITY;
    this.#expected = null;
    for (const profile of this.#profiles) {
      const expected = profile.expect(time);
      if (expected !== null && profile.error < least) {
        least = profile.error;
        this.#expected = expected;
      }
      profile.learn(value);
    }
    if (this.#expected === null) return 0;
    const distance = this.#growth.from(this.#expected);
    // What lies right where it was expected is no leap: it would be one away from the fading memory of an earlier leap.
    const leap = distance === 0 ? 0 : distance - this.#recentDistance.value;
    this.#recentDistance.add(distance);
    return Math.max(this.#tail.take(distance), this.#leaps.take(leap));
  }

  band(): Band | null {
    const center = this.#expected;
    if (center === null) return null;
    const { up, down } = this.#tail.reach(OUTSIDE_BAND);
    return { low: this.#growth.at(center, -down), center, high: this.#growth.at(center, up) };
  }

  #cadence(): number {
    return (this.#last - this.#first) / this.#count;
  }

  #watchDayAndWeek(): void {
    this.#watch(DAY, MOST_PHASES_A_DAY);
    this.#watch(WEEK, MOST_PHASES_A_WEEK);
  }

  #watch(period: number, most: number): void {
    const phases = Math.min(most, Math.round(period / this.#cadence()));
    if (!(phases >= LEAST_PHASES) || phases === Number.POSITIVE_INFINITY) return;
    if (this.#periods.some((known) => Math.abs(known - period) < SAME * period)) return;
    this.#periods.push(period);
    this.#profiles.push(new SeasonalProfile(period, phases));
  }

  #remember(value: number): void {
    if (this.#recent === null) return;
    this.#recent[this.#count % WINDOW] = value;
    if (this.#count + 1 !== this.#nextEstimate) return;
    const lag = periodOf(this.#recent);
    this.#nextEstimate *= 2;
    if (lag !== null) this.#watch(lag * this.#cadence(), lag);
    if (lag !== null || this.#nextEstimate > LAST_ESTIMATE) this.#recent = null;
  }
}
