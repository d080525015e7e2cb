// What every contender is asked. A term in small letters means either case to Faultline; the peers search such a term as
// it is written, which is less work, except where either case is the question. The regular expression is one that all of
// them read alike.

/**
 * @typedef {{ id: string, text: string, how: "exact" | "any-case" | "regex", columns: readonly string[] }} Search
 *   columns: where a database looks; the text stands nowhere else
 */

const FREE_TEXT = ["message", "error.message", "error.stack_trace"];

/** @param {string} rare @returns {readonly Search[]} */
export const searches = (rare) => [
  { id: "search-literal", text: "GET", how: "exact", columns: [...FREE_TEXT, "method"] },
  { id: "search-rare", text: rare, how: "exact", columns: ["http.request.id"] },
  { id: "search-frequent", text: "completed", how: "exact", columns: FREE_TEXT },
  { id: "search-any-case", text: "connection reused", how: "any-case", columns: FREE_TEXT },
  { id: "search-regex", text: "cache (miss|hit) for [a-z]+:[0-9]*7", how: "regex", columns: FREE_TEXT },
];

/** Of which the first answer is waited for; no other question has looked for it. */
export const FIRST_RESULTS = "decoded";

export const SERVICE = "web-gateway";

/** Ranges that halve, each beside another middle: from the whole to a thousandth of it. @param {number} from @param {number} to */
export function zooms(from, to) {
  return Array.from({ length: 20 }, (_, i) => {
    const width = (to - from) / 2 ** ((i % 10) + 1);
    const start = from + ((to - from - width) * ((i * 7) % 20)) / 20;
    return { from: Math.floor(start), to: Math.floor(start + width) };
  });
}

export const BARS = 400;
