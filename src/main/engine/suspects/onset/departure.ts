/**
 * When a series left its normal for good: the likeliest change of level (CUSUM, `series/change-point`), walked back to
 * the first sample that was out of the band of the samples before, for a ramp begins before its steepest part. Counts
 * of events (errors in logs, spans that failed) are told by a likelihood ratio of two Poisson rates instead, because
 * their normal is often not a single one. Cost O(n log n) a series.
 */
import type { Micros } from "../../../../shared/units.ts";
import { micros, MICROS_PER_SECOND } from "../../../../shared/units.ts";
import { changePoint } from "../../series/change-point.ts";
import type { TimeSequence } from "../../series/time-list.ts";
import { medianAndSigma } from "../../series/statistics.ts";
import type { Place, TimeRange, Windows } from "../signals.ts";
import { passingShift } from "./passing-shift.ts";
import type { SignalFamily } from "./signal-family.ts";

export interface Shift {
  /** First moment of the new behaviour. */
  readonly time: Micros;
  /** Medians of both sides, or events a minute. */
  readonly before: number;
  readonly after: number;
  /** In robust standard deviations of the time before, or the root of twice the log-likelihood ratio. */
  readonly size: number;
  /** How far the time may be off: the distance of two samples. */
  readonly step: number;
}

/** A signal that did so. */
export interface Departure extends Shift {
  readonly service: string | null;
  readonly of: "metric" | "logs" | "spans";
  /** Name of the metric, or what is counted: "errors in logs". */
  readonly series: string;
  readonly family: SignalFamily;
  /** Whether somebody suffers by it: more errors, longer waits. */
  readonly isSymptom: boolean;
  readonly place: Place;
}

/** Smaller shifts are noise: 1 % of flat series exceed the first, and four deviations are none by chance. */
const LEAST_STATISTIC = 1.63;
const LEAST_SIZE = 4;
/** Share of the larger level that a shift must make. */
const LEAST_SHARE = 0.15;
/** A sample belongs to the shift when it is out of the band of so many deviations. */
const BAND = 3.5;
/** Part of the shift that counts as a deviation where the time before was flat: for its size, and for its foot. */
const FLAT_SHARE = 0.05;
const FLAT_BAND = 0.01;
const LEAST_SAMPLES = 8;
/** So many samples in a row within the band end the walk back. */
const CALM = 2;

/** Null when nothing shifted, or too few samples tell. With windows, the time before is the baseline. */
export function shiftOf(times: Float64Array, values: Float64Array, windows: Windows | null): Shift | null {
  const kept = finite(times, values);
  if (kept.times.length < LEAST_SAMPLES) return null;
  return windows === null ? ownShift(kept) : shiftFromBaseline(kept, windows);
}

/** When a series left its normal for a while and came back to it; null when it did not, or too few samples tell. */
export function passingShiftOf(times: Float64Array, values: Float64Array): Shift | null {
  const kept = finite(times, values);
  if (kept.times.length < LEAST_SAMPLES) return null;
  const passing = passingShift(kept.values);
  return passing === null ? null : walkedBack(kept, passing.index, passing.scale, passing.after);
}

interface Samples {
  readonly times: Float64Array;
  readonly values: Float64Array;
}

function finite(times: Float64Array, values: Float64Array): Samples {
  if (values.every((value) => Number.isFinite(value))) return { times, values };
  const rows = [...times.keys()].filter((row) => Number.isFinite(values[row]));
  return {
    times: Float64Array.from(rows, (row) => times[row] ?? 0),
    values: Float64Array.from(rows, (row) => values[row] ?? 0),
  };
}

function ownShift({ times, values }: Samples): Shift | null {
  const change = changePoint(values);
  if (change === null || change.statistic < LEAST_STATISTIC) return null;
  const slow = slowShift({ times, values });
  if (change.size < LEAST_SIZE) return slow;
  const before = values.subarray(0, change.index);
  const step = walkedBack({ times, values }, change.index, medianAndSigma(before), change.after);
  // What fills up slowly before it overflows has its foot where it began to.
  return slow !== null && (step === null || slow.time < step.time) ? slow : step;
}

const PARTS = 5;
/** Of the first part, so that a walk that strays is no trend. */
const LEAST_DRIFT = 2 * LEAST_SIZE;

/** What fills up over the whole series has no two levels: parts of it that only rise, or only fall, far beyond the first. */
function slowShift(samples: Samples): Shift | null {
  const { values } = samples;
  const length = Math.floor(values.length / PARTS);
  if (length < LEAST_SAMPLES / 2) return null;
  const parts = Array.from({ length: PARTS }, (_, part) =>
    medianAndSigma(values.subarray(part * length, part === PARTS - 1 ? values.length : (part + 1) * length)),
  );
  const medians = parts.map(({ median }) => median);
  const [first] = parts;
  const last = medians.at(-1);
  if (first === undefined || last === undefined) return null;
  const direction = Math.sign(last - first.median);
  const isSteady = medians.every((median, at) => at < 2 || (median - (medians[at - 1] ?? median)) * direction > 0);
  if (!isSteady || Math.abs(last - first.median) < LEAST_DRIFT * first.sigma) return null;
  return walkedBack(samples, values.length - 1, first, last);
}

function shiftFromBaseline({ times, values }: Samples, { baseline, incident }: Windows): Shift | null {
  const rows = (from: number, to: number): number[] =>
    [...times.keys()].filter((row) => (times[row] ?? 0) >= from && (times[row] ?? 0) < to);
  const calm = rows(baseline.from, baseline.to).map((row) => values[row] ?? 0);
  const bad = rows(incident.from, incident.to);
  const [firstBad] = bad;
  if (calm.length < LEAST_SAMPLES / 2 || firstBad === undefined) return null;
  const scale = medianAndSigma(calm);
  const after = medianAndSigma(bad.map((row) => values[row] ?? 0)).median;
  const floor = Math.max(scale.sigma, FLAT_SHARE * Math.abs(after - scale.median));
  if (Math.abs(after - scale.median) < LEAST_SIZE * floor) return null;
  let start = bad.find((row) => isOut(values[row] ?? 0, scale.median, after, floor)) ?? firstBad;
  // It may have begun before the window of the incident does, but not in the baseline.
  const earliest = baseline.to;
  while (start > 0 && (times[start - 1] ?? 0) >= earliest && isOut(values[start - 1] ?? 0, scale.median, after, floor))
    start--;
  return checked({ times, values }, start, scale, after);
}

interface Scale {
  readonly median: number;
  readonly sigma: number;
}

function walkedBack(samples: Samples, index: number, scale: Scale, after: number): Shift | null {
  const { values } = samples;
  const floor = Math.max(scale.sigma, FLAT_BAND * Math.abs(after - scale.median));
  let start = index;
  let calm = 0;
  for (let row = index - 1; row >= 0 && calm < CALM; row--) {
    if (isOut(values[row] ?? 0, scale.median, after, floor)) {
      start = row;
      calm = 0;
    } else calm++;
  }
  // The median of a ramp's foot is its own: forward to the first sample that really is out.
  while (start < values.length - 1 && !isOut(values[start] ?? 0, scale.median, after, floor)) start++;
  return checked(samples, start, scale, after);
}

const isOut = (value: number, median: number, after: number, sigma: number): boolean =>
  (value - median) * Math.sign(after - median) > BAND * sigma;

function checked({ times }: Samples, start: number, { median: before, sigma }: Scale, after: number): Shift | null {
  const difference = Math.abs(after - before);
  if (difference < LEAST_SHARE * Math.max(Math.abs(before), Math.abs(after))) return null;
  const size = difference / Math.max(sigma, FLAT_SHARE * difference);
  if (size < LEAST_SIZE) return null;
  const step = ((times.at(-1) ?? 0) - (times[0] ?? 0)) / Math.max(1, times.length - 1);
  return { time: micros(Math.round(times[start] ?? 0)), before, after, size, step };
}

/** Likelihood ratio from which more events are no chance: χ² with one degree of freedom at one in ten thousand. */
const LEAST_RATIO = 7.6;
const LEAST_EVENTS = 3;
const MINUTE = 60 * MICROS_PER_SECOND;

/** When events became more frequent; `times` ascend, what lies outside of the ranges in which somebody looked is left out. */
export function burstOf(times: TimeSequence, ranges: readonly TimeRange[]): Shift | null {
  const joined = new JoinedTime(ranges);
  const eachEvent = (visit: (at: number) => void): void =>
    times.forEach((time) => {
      const at = joined.of(time);
      if (!Number.isNaN(at)) visit(at);
    });
  let count = 0;
  eachEvent(() => {
    count += 1;
  });
  const span = joined.length;
  if (count < LEAST_EVENTS || !(span > 0)) return null;
  const rate = count / span;
  let best = 0;
  let start = -1;
  let from = 0;
  let last = 0;
  let index = 0;
  eachEvent((at) => {
    const ratio = index > count - LEAST_EVENTS ? 0 : ratioOf({ index, at, count, span, rate });
    if (ratio > best) [best, start, from] = [ratio, index, at];
    last = at;
    index += 1;
  });
  if (start === -1 || best < LEAST_RATIO) return null;
  const perMinute = (number: number, length: number): number => (number * MINUTE) / Math.max(length, 1);
  return {
    time: micros(Math.round(joined.back(from))),
    before: perMinute(start, from),
    after: perMinute(count - start, span - from),
    size: Math.sqrt(2 * best),
    step: (last - from) / Math.max(1, count - start - 1),
  };
}

interface Parting {
  /** Events before, and the moment that parts them from the others. */
  readonly index: number;
  readonly at: number;
  readonly count: number;
  readonly span: number;
  readonly rate: number;
}

/** Log-likelihood ratio of two rates, before a moment and from it on, to one; 0 where they did not become more frequent. */
function ratioOf({ index, at, count, span, rate }: Parting): number {
  const calmRate = index / Math.max(at, 1);
  const badRate = (count - index) / Math.max(span - at, 1);
  if (badRate <= calmRate) return 0;
  return (index === 0 ? 0 : index * Math.log(calmRate / rate)) + (count - index) * Math.log(badRate / rate);
}

/** Ranges laid end to end, as if the time between them had not been. */
class JoinedTime {
  readonly #ranges: readonly TimeRange[];
  readonly length: number;

  constructor(ranges: readonly TimeRange[]) {
    this.#ranges = ranges;
    this.length = ranges.reduce((sum, { from, to }) => sum + (to - from), 0);
  }

  /** NaN outside of the ranges. */
  of(time: number): number {
    let before = 0;
    for (const { from, to } of this.#ranges) {
      if (time >= from && time < to) return before + time - from;
      before += to - from;
    }
    return Number.NaN;
  }

  back(joined: number): number {
    let left = joined;
    for (const { from, to } of this.#ranges) {
      if (left < to - from) return from + left;
      left -= to - from;
    }
    return this.#ranges.at(-1)?.to ?? joined;
  }
}
