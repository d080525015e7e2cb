// The one table: Faultline's median, and for each peer how many times as long (or as much) it takes.
import { GROWING, MEASURES } from "./measures.mjs";
import { median } from "./statistics.mjs";

/**
 * @typedef {{ lines: number, input: string, measure: string, contender: string, value: number }} Sample
 * @typedef {{ head: string[], rows: string[][] }} Table
 */

/** @param {readonly Sample[]} samples @param {readonly string[]} peers @returns {Table} */
export function ratioTable(samples, peers) {
  const sizes = [...new Set(samples.map(({ lines }) => lines))].toSorted((a, b) => a - b);
  const medians = mediansOf(samples);
  const rows = sizes.flatMap((lines) => sizeRows(medians, lines, peers));
  const growth = sizes.slice(1).flatMap((lines, i) => growthRows(medians, [sizes[i], lines], peers));
  return { head: ["lines", "what", "Faultline", ...peers, "goal at 1,000,000"], rows: [...rows, ...growth] };
}

/** "–" where one of the two does not have it. @param {number | undefined} peer @param {number | undefined} own */
export function ratio(peer, own) {
  if (peer === undefined || own === undefined || !(own > 0)) return "–";
  return `${figures(peer / own)}×`;
}

/** @param {Table} table */
export function printedTable({ head, rows }) {
  const widths = head.map((title, column) => Math.max(title.length, ...rows.map((row) => row[column].length)));
  const line = (/** @type {string[]} */ cells) =>
    `| ${cells.map((cell, i) => (isText(i, cells.length) ? cell.padEnd(widths[i]) : cell.padStart(widths[i]))).join(" | ")} |\n`;
  const rule = widths.map((width, i) => (isText(i, widths.length) ? "-".repeat(width) : `${"-".repeat(width - 1)}:`));
  return line(head) + line(rule) + rows.map(line).join("");
}

/** @param {number} column @param {number} columns */
const isText = (column, columns) => column === 1 || column === columns - 1;

/** @param {readonly Sample[]} samples */
function mediansOf(samples) {
  /** @type {Map<string, number[]>} */
  const values = new Map();
  for (const { lines, input, measure, contender, value } of samples) {
    const key = keyOf(lines, input, measure, contender);
    values.set(key, [...(values.get(key) ?? []), value]);
  }
  return new Map([...values].map(([key, group]) => [key, median(group)]));
}

/** @param {number} lines @param {string} input @param {string} measure @param {string} contender */
const keyOf = (lines, input, measure, contender) => `${lines} ${input} ${measure} ${contender}`;

/** @param {Map<string, number>} medians @param {number} lines @param {readonly string[]} peers */
function sizeRows(medians, lines, peers) {
  return MEASURES.flatMap(({ id, input, about, unit, goal }) => {
    const of = (/** @type {string} */ contender) => medians.get(keyOf(lines, input, id, contender));
    const own = of("Faultline");
    if (own === undefined) return [];
    const cells = peers.map((peer) => ratio(of(peer), own));
    return [[lines.toLocaleString("en-US"), about, quantity(own, unit), ...cells, goal ?? ""]];
  });
}

/** @param {Map<string, number>} medians @param {[number, number]} sizes @param {readonly string[]} peers */
function growthRows(medians, [small, large], peers) {
  return MEASURES.filter(({ id }) => GROWING.includes(id)).map(({ id, input, about }) => {
    const grown = ["Faultline", ...peers].map((contender) =>
      ratio(medians.get(keyOf(large, input, id, contender)), medians.get(keyOf(small, input, id, contender))),
    );
    const step = `${figures(large / small)}× the lines: ${about}`;
    return [large.toLocaleString("en-US"), step].concat(grown, id === "memory" ? "" : "10.5×");
  });
}

/** @param {number} value @param {"ms" | "bytes" | "share"} unit */
function quantity(value, unit) {
  if (unit === "share") return value.toFixed(2);
  if (unit === "bytes") return `${Math.round(value / 1e6).toLocaleString("en-US")} MB`;
  return value < 10 ? `${value.toFixed(1)} ms` : `${Math.round(value).toLocaleString("en-US")} ms`;
}

/** @param {number} value */
const figures = (value) => (value < 10 ? value.toFixed(value < 0.095 ? 2 : 1) : String(Math.round(value)));
