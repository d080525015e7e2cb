// The scoring rules of the Numenta Anomaly Benchmark (Lavin and Ahmad 2015, "Evaluating real-time anomaly detection
// algorithms", https://arxiv.org/abs/1510.03336): detections within a window earn by how early they are, once a window;
// every other detection costs, less just behind a window; one threshold for the whole corpus, the best one. 0 is a
// detector that never speaks, 100 one that speaks exactly at the start of every window.

/** What a found window, a false detection and a missed window weigh. */
export const PROFILES = {
  standard: { truePositive: 1, falsePositive: 0.11, falseNegative: 1 },
  "reward low FP rate": { truePositive: 1, falsePositive: 0.22, falseNegative: 1 },
  "reward low FN rate": { truePositive: 1, falsePositive: 0.11, falseNegative: 2 },
};

const PROBATION_SHARE = 0.15;
const PROBATION_ROWS = 5_000;
/** Behind a window by this many of its widths, a detection costs in full. */
const FAR_BEHIND = 3;

/** Rows at the start of a file in which a detector learns and nothing counts. */
export const probation = (rows) => Math.min(Math.floor(PROBATION_SHARE * rows), PROBATION_SHARE * PROBATION_ROWS);

/** −1 is the start of a window, 0 its end, 1 a width behind it. */
const sigmoid = (position) => (position >= FAR_BEHIND ? -1 : 2 / (1 + Math.exp(5 * position)) - 1);
const EARLIEST = sigmoid(-1);

/**
 * @param {{ scores: ArrayLike<number>, windows: readonly (readonly [number, number])[] }[]} files
 *   A score a row; windows as first and last row, ascending.
 * @param {{ truePositive: number, falsePositive: number, falseNegative: number }} profile
 * @returns {{ score: number, threshold: number, found: number, windows: number, falseDetections: number }}
 */
export function scoreCorpus(files, profile) {
  const points = files.flatMap((file, index) => pointsOf(file, index, profile));
  const windows = files.reduce((sum, file) => sum + file.windows.length, 0);
  points.sort((a, b) => b.score - a.score);
  const nothing = -profile.falseNegative * windows;
  const perfect = profile.truePositive * windows;
  const earned = new Map();
  let sum = nothing;
  let falseDetections = 0;
  let best = { sum, threshold: Number.POSITIVE_INFINITY, found: 0, falseDetections };
  for (const [at, { score, worth, window }] of points.entries()) {
    if (window === null) {
      sum += worth;
      falseDetections += 1;
    } else {
      const before = earned.get(window) ?? -profile.falseNegative;
      if (worth > before) sum += worth - before;
      earned.set(window, Math.max(before, worth));
    }
    // Equal scores pass a threshold together.
    if (points[at + 1]?.score === score) continue;
    if (sum > best.sum) best = { sum, threshold: score, found: earned.size, falseDetections };
  }
  const { threshold, found } = best;
  return {
    score: windows === 0 ? 0 : (100 * (best.sum - nothing)) / (perfect - nothing),
    threshold,
    found,
    windows,
    falseDetections: best.falseDetections,
  };
}

function pointsOf({ scores, windows }, file, { truePositive, falsePositive }) {
  const points = [];
  const first = probation(scores.length);
  let next = 0;
  let behind = null;
  for (let row = 0; row < scores.length; row++) {
    while (next < windows.length && row > windows[next][1]) behind = windows[next++];
    const inside = next < windows.length && row >= windows[next][0] ? windows[next] : null;
    if (row < first) continue;
    const worth =
      inside === null
        ? falsePositive * (behind === null ? -1 : sigmoid((row - behind[1]) / Math.max(1, behind[1] - behind[0])))
        : (truePositive * sigmoid(-(inside[1] - row + 1) / (inside[1] - inside[0] + 1))) / EARLIEST;
    points.push({ score: scores[row], worth, window: inside === null ? null : `${file}|${next}` });
  }
  return points;
}
