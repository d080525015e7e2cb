/** Times as text. A simulation writes millions of them, so the whole second is remembered and only the rest is made anew. */

const THREE = Array.from({ length: 1000 }, (_, n) => String(n).padStart(3, "0"));
const REMEMBERED = 64;

/**
 * @param {(iso: string) => string} shape what the whole second looks like, from `2026-03-17T13:02:11`
 * @param {string} separator between second and milliseconds
 * @param {string} suffix
 * @returns {(t: number) => string} from milliseconds since the epoch
 */
function stamp(shape, separator, suffix) {
  const seconds = new Float64Array(REMEMBERED).fill(-1);
  const texts = /** @type {string[]} */ (new Array(REMEMBERED).fill(""));
  return (t) => {
    const second = Math.floor(t / 1000);
    const slot = second & (REMEMBERED - 1);
    if (seconds[slot] !== second) {
      seconds[slot] = second;
      texts[slot] = shape(new Date(second * 1000).toISOString().slice(0, 19)) + separator;
    }
    return texts[slot] + THREE[Math.floor(t - second * 1000)] + suffix;
  };
}

/** `2026-03-17T13:02:11.123Z` */
export const isoMillis = stamp((iso) => iso, ".", "Z");
/** `2026-03-17 13:02:11.123` */
export const spacedMillis = stamp((iso) => iso.replace("T", " "), ".", "");
/** `2026-03-17 13:02:11,123`, as Python's logging writes it */
export const pythonMillis = stamp((iso) => iso.replace("T", " "), ",", "");
/** `2026-03-17T13:02:11Z` @param {number} t */
export const isoSeconds = (t) => `${new Date(t).toISOString().slice(0, 19)}Z`;

const DAYS = ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"];
const MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

/** `Tue Mar 17 13:02:11 2026 +0000`, git's own default. @param {number} t */
export function gitDate(t) {
  const date = new Date(t);
  return `${DAYS[date.getUTCDay()]} ${MONTHS[date.getUTCMonth()]} ${date.getUTCDate()} ${date.toISOString().slice(11, 19)} ${date.getUTCFullYear()} +0000`;
}
