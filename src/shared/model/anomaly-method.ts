/** The ways an anomaly is found, each with its name, what it saw and what it compared with, in words. */

export interface AnomalyMethod {
  readonly title: string;
  /** Completes "the series was …". */
  readonly saw: string;
  /** Completes "compared with …". */
  readonly baseline: string;
}

const ANOMALY_METHODS = {
  "z-score": {
    title: "z-score",
    saw: "far from its mean",
    baseline: "its mean, over the whole series where it is short, else slowly forgetting",
  },
  spike: {
    title: "spike or dip",
    saw: "far from the samples just before",
    baseline: "the mean of the last few samples",
  },
  "level-shift": {
    title: "level shift",
    saw: "at another level than before",
    baseline: "its slow mean; compared is the mean of a dozen samples",
  },
  "change-of-trend": {
    title: "change of trend",
    saw: "on another slope than before",
    baseline: "its usual slope; the band is of its values",
  },
  "change-of-variance": {
    title: "change of variance",
    saw: "unsteadier, or steadier, than before",
    baseline: "its usual step from sample to sample",
  },
  "broken-seasonality": {
    title: "broken seasonality",
    saw: "unlike the same time of its period",
    baseline: "the same time of day, of the week or of its own period, as far as it was seen before",
  },
  "flat-line": {
    title: "flat line",
    saw: "resting longer than it ever did",
    baseline: "how long it rested at one value before",
  },
  "missing-data": {
    title: "missing data",
    saw: "silent longer than it ever was",
    baseline: "the pauses between its earlier samples",
  },
} as const satisfies Readonly<Record<string, AnomalyMethod>>;

export type AnomalyMethodId = keyof typeof ANOMALY_METHODS;

/** Of a method that an older or newer version wrote, its id is all that is known. */
export function methodOf(id: string): AnomalyMethod {
  const known: Readonly<Record<string, AnomalyMethod>> = ANOMALY_METHODS;
  return (Object.hasOwn(known, id) ? known[id] : undefined) ?? { title: id, saw: "abnormal", baseline: "its past" };
}
