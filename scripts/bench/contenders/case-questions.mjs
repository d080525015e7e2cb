// Asks a saved case through the engine's own reader thread, as the window does, and prints how long each answer took.
// A process of its own, so that nothing an earlier run remembered helps. node case-questions.mjs CASE RARE
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { WorkerClient } from "../../../src/main/engine/threads/rpc.ts";
import { root } from "../../setup/paths.mjs";
import { BARS, FIRST_RESULTS, SERVICE, searches, zooms } from "../questions.mjs";
import { percentile } from "../statistics.mjs";

const [file, rare] = process.argv.slice(2);
const reader = new WorkerClient(pathToFileURL(join(root, "out", "main", "reader.worker.js")));
/** Microseconds; some of those that the window knows. */
const WIDTHS = [1e3, 1e4, 1e5, 1e6, 5e6, 1e7, 6e7, 3e8, 3.6e9, 4.32e10, 6.048e11, 3.14496e13];
/** @type {Record<string, number>} */
const times = {};
/** @type {Record<string, number>} */
const answers = {};

/** @template T @param {string} id @param {() => Promise<T>} ask */
async function timed(id, ask) {
  const began = performance.now();
  const answer = await ask();
  times[id] = performance.now() - began;
  return answer;
}

const all = { filter: "", from: null, to: null, samples: false };
/** As the window asks: buckets of a round width that begin at a multiple of it. */
const bars = (/** @type {{ from: number, to: number }} */ range) => {
  const width = WIDTHS.find((one) => one * BARS >= range.to - range.from);
  if (width === undefined)
    throw new Error(`the case reaches from ${range.from} to ${range.to}, which no case of the benchmark does`);
  const from = Math.floor(range.from / width) * width;
  const buckets = Math.ceil((range.to - from) / width);
  return reader.call("timeline.histogram", { selection: { ...all, from, to: from + buckets * width }, buckets });
};

// Open means that the bars of the whole are there.
const info = await timed("open", async () => {
  const opened = await reader.call("open", { file });
  await bars(opened);
  return opened;
});
await timed("search-first", firstResults);
for (const { id, text, how } of searches(rare)) {
  const selection = { ...all, filter: how === "regex" ? `/${text}/` : JSON.stringify(text) };
  answers[id] = (await timed(id, () => reader.call("records.count", { selection }))).records;
}
const filtered = { ...all, filter: `service:${SERVICE} level>=warn` };
answers.filter = (await timed("filter", () => reader.call("records.count", { selection: filtered }))).records;
await timed("facets", () => reader.call("facets.list", { selection: all, limit: 50 }));

const waits = [];
for (const range of zooms(info.from, info.to)) {
  const began = performance.now();
  await bars(range);
  waits.push(performance.now() - began);
}
times.zoom = percentile(waits, 95);
process.stdout.write(JSON.stringify({ times, answers }));
await reader.end();
/** As the window asks: early answers, until one holds a record. */
async function firstResults() {
  const selection = { ...all, filter: FIRST_RESULTS };
  for (;;) {
    const { records, searched } = await reader.call("records.count", { selection, partial: true });
    if (records > 0 || searched === 1) return;
  }
}
