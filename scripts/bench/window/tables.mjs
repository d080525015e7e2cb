// The three tables of npm run bench:window.
import { median } from "../statistics.mjs";
import { STARTS } from "./start.mjs";

const ms = (value) => `${value < 10 ? value.toFixed(1) : Math.round(value)} ms`;
const mb = (value) => (value === undefined ? "–" : `${Math.round(value / 1e6)} MB`);

export function startTable(starts, drops) {
  const [empty, own] = STARTS.map((what) => median(starts[what]));
  return {
    head: ["median", "what", "of an empty window", "goal"],
    rows: [
      [ms(empty), "start of an empty window", "", ""],
      [ms(own), "start to a usable window", `${(own / empty).toFixed(2)}×`, "1.5×"],
      ...Object.entries(drops).map(([lines, values]) => [
        ms(median(values)),
        `drop of ${Number(lines).toLocaleString("en-US")} lines to first bars`,
        "",
        "300 ms",
      ]),
    ],
  };
}

export function frameTable(frames) {
  return {
    head: ["records", "while one does", "p50", "p95", "worst", "frames", "goal"],
    rows: frames.map(({ records, about, p50, p95, worst, frames: count }) => [
      records.toLocaleString("en-US"),
      about,
      ms(p50),
      ms(p95),
      ms(worst),
      String(count),
      "16.7 ms, worst 50 ms",
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
