// What is said of a handful of measurements of one thing. A shared machine disturbs single runs, so the middle one counts.

/** @param {readonly number[]} values @returns {number} NaN of nothing */
export function median(values) {
  if (values.length === 0) return Number.NaN;
  const sorted = values.toSorted((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  return sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}

/** The nearest-rank percentile. @param {readonly number[]} values @param {number} percent @returns {number} NaN of nothing */
export function percentile(values, percent) {
  if (values.length === 0) return Number.NaN;
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.max(0, Math.ceil((percent / 100) * sorted.length) - 1)];
}
