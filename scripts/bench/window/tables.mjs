// The tables of npm run bench:window.
import { median } from "../statistics.mjs";
import { STARTS } from "./start.mjs";

const ms = (value) => `${value < 10 ? value.toFixed(1) : Math.round(value)} ms`;
const mb = (value) => (value === undefined ? "–" : `${Math.round(value / 1e6)} MB`);

const counted = (lines) => Number(lines).toLocaleString("en-US");

/** What was not measured is empty. */
export function startTable(starts, drops, opens) {
  const [empty, own] = STARTS.map((what) => (starts[what] === undefined ? Number.NaN : median(starts[what])));
  const started = [
    [ms(empty), "start of an empty window", "", ""],
    [ms(own), "start to a usable window", `${(own / empty).toFixed(2)}×`, "1.5×"],
  ];
  return {
    head: ["median", "what", "of an empty window", "goal"],
    rows: [
      ...(Number.isNaN(own) ? [] : started),
      ...Object.entries(drops).map(([lines, values]) => [
        ms(median(values)),
        `drop of ${counted(lines)} lines to first bars`,
        "",
        "300 ms",
      ]),
      ...Object.entries(opens).map(([lines, values]) => [
        ms(median(values)),
        `drop of a saved case of ${counted(lines)} records to its bars`,
        "",
        "500 ms",
      ]),
    ],
  };
}

export function analysisTable(analyses) {
  return {
    head: ["median", "beyond the import", "goal"],
    rows: analyses.flatMap(({ records, runs }) => [
      [ms(median(runs.map(({ detectors }) => detectors))), `detectors over ${counted(records)} records`, ""],
      [
        ms(median(runs.map(({ suspects }) => suspects))),
        "detectors, and the answer of a search for suspects",
        "3,000 ms",
      ],
    ]),
  };
}

export function frameTable(frames) {
  return {
    head: ["records", "while one does", "p50", "p95", "worst", "frames", "work of one", "goal"],
    rows: frames.map(({ records, about, p50, p95, worst, frames: count, work }) => [
      records === null ? "–" : records.toLocaleString("en-US"),
      about,
      ms(p50),
      ms(p95),
      ms(worst),
      String(count),
      ms(work),
      records === null ? "" : "16.7 ms, worst 50 ms",
    ]),
  };
}

export function memoryTable({ bytes, idle, peak, after }) {
  const kinds = Object.keys(peak).toSorted((a, b) => (a === "all") - (b === "all") || peak[b] - peak[a]);
  return {
    head: ["above idle", `processes, while ${mb(bytes)} are imported`, "idle", "peak", "after", "goal"],
    rows: kinds.map((kind) => [
      mb(peak[kind] - (idle[kind] ?? 0)),
      kind,
      mb(idle[kind]),
      mb(peak[kind]),
      mb(after[kind]),
      kind === "all" ? "400 MB above idle" : "",
    ]),
  };
}
