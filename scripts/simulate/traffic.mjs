/** How many requests arrive when: a slow daily drift, noise, and whatever surge the cause brings. */

/** Fewer than this and a metric of a minute is all noise; logs are then sampled by request instead. */
const LEAST_PER_SECOND = 12;
const DAY_MS = 86_400_000;

/**
 * @param {import('./random.mjs').Random} random
 * @param {import('./cause.mjs').Cause} cause
 * @param {number} requests how many in the whole window
 */
export function planTraffic(random, cause, requests) {
  const phase = random.between(0, 2 * Math.PI);
  const shape = (/** @type {number} */ t) => (1 + 0.25 * Math.sin((4 * Math.PI * t) / DAY_MS + phase)) * cause.surge(t);
  let mean = 0;
  for (let i = 0; i < 200; i++) mean += shape(cause.start + ((i + 0.5) / 200) * (cause.end - cause.start)) / 200;
  const perMs = requests / (cause.end - cause.start) / mean;
  let carry = 0;
  return {
    /** Arrivals from `t` for `ms`, in order. @param {number} t @param {number} ms @returns {number} */
    count(t, ms) {
      carry += perMs * shape(t) * ms * random.between(0.85, 1.15);
      const whole = Math.floor(carry);
      carry -= whole;
      return whole;
    },
  };
}

/**
 * How many requests to walk, and which share of them to write to the logs, for a wished number of lines.
 * @param {number} lines @param {number} linesPerRequest @param {number} seconds
 */
export function planVolume(lines, linesPerRequest, seconds) {
  const wanted = lines / linesPerRequest;
  const requests = Math.max(wanted, seconds * LEAST_PER_SECOND);
  return { requests, keptShare: wanted / requests };
}
