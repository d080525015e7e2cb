// F1 of events, false alarms counted: a labelled segment is found when a sample in it alarms; neighbouring samples that
// alarm are one alarm, and one that touches no segment is false.

/**
 * @param {ArrayLike<number>} scores
 * @param {readonly (readonly [number, number])[]} segments first and last sample
 * @param {{ from: number, to: number, threshold: number }} where samples `from` up to, not including, `to`
 * @returns {{ found: number, missed: number, falseAlarms: number }}
 */
export function countEvents(scores, segments, { from, to, threshold }) {
  const within = segments.filter(([start]) => start >= from && start < to);
  const hit = new Set();
  let falseAlarms = 0;
  for (let start = from; start < to; start++) {
    if (!(scores[start] >= threshold)) continue;
    let end = start;
    while (end + 1 < to && scores[end + 1] >= threshold) end++;
    const touched = within.filter(([first, last]) => first <= end && last >= start);
    for (const segment of touched) hit.add(segment);
    if (touched.length === 0) falseAlarms += 1;
    start = end;
  }
  return { found: hit.size, missed: within.length - hit.size, falseAlarms };
}

/** 1 where there is nothing to find and nothing was said. */
export function f1({ found, missed, falseAlarms }) {
  if (found + missed + falseAlarms === 0) return 1;
  return (2 * found) / (2 * found + missed + falseAlarms);
}

export const sumOf = (all) =>
  all.reduce(
    (sum, one) => ({
      found: sum.found + one.found,
      missed: sum.missed + one.missed,
      falseAlarms: sum.falseAlarms + one.falseAlarms,
    }),
    { found: 0, missed: 0, falseAlarms: 0 },
  );

/** Thresholds that are tried: the highest scores, thinning out. */
const TRIED = 200;
const SHARE_TRIED = 0.05;

/**
 * The threshold with the best F1 on samples before `split`; of several the middle between the
 * highest and the first that is worse, which leaves room to both sides.
 * Where nothing is labelled there, the lowest that would have kept silent.
 */
export function chooseThreshold(scores, segments, split) {
  const seen = Array.from(scores)
    .slice(0, split)
    .sort((a, b) => b - a);
  if (!segments.some(([start]) => start < split)) return (seen[0] ?? 0) + 1e-9;
  let best = 0;
  let highest = Number.POSITIVE_INFINITY;
  let lowest = highest;
  const most = Math.max(1, seen.length * SHARE_TRIED);
  for (let step = 0; step < TRIED; step++) {
    const threshold = seen[Math.min(seen.length - 1, Math.floor(most ** (step / (TRIED - 1)) - 1))];
    if (!(threshold > 0)) break;
    const reached = f1(countEvents(scores, segments, { from: 0, to: split, threshold }));
    if (reached > best) highest = threshold;
    if (reached >= best) lowest = threshold;
    best = Math.max(best, reached);
  }
  if (lowest === Number.POSITIVE_INFINITY) return lowest;
  const next = seen.find((score) => score < lowest) ?? 0;
  return (highest + next) / 2;
}

/** The plain rival: distance from the mean of the last samples, in their standard deviations. */
export function rollingZScore(values, window = 100) {
  const scores = new Float64Array(values.length);
  for (let at = 10; at < values.length; at++) {
    const last = values.slice(Math.max(0, at - window), at);
    const mean = last.reduce((sum, value) => sum + value, 0) / last.length;
    const deviation = Math.sqrt(last.reduce((sum, value) => sum + (value - mean) ** 2, 0) / last.length);
    scores[at] = Math.abs(values[at] - mean) / (deviation || 1);
  }
  return scores;
}
