// How well anomalies of metrics are found: labelled web KPIs, and the Numenta benchmark where its folder is there.
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import { anomalyScores } from "../anomaly-scores.mjs";
import { chooseThreshold, countEvents, f1, rollingZScore, sumOf } from "../event-f1.mjs";
import { findCorpus, readCorpus } from "../nab-corpus.mjs";
import { PROFILES, scoreCorpus } from "../nab.mjs";

export const title = "Anomalies: events found in labelled series, false alarms counted";

/**
 * @param {string} data
 * @param {(text: string) => void} print
 * @returns {Promise<boolean>} whether all is as it must be
 */
export async function score(data, print) {
  const kpis = join(data, "metrics", "kpi");
  const beatsRival = existsSync(join(kpis, "labels.json")) ? await scoreKpis(kpis, print) : true;
  const corpus = findCorpus(data);
  if (corpus !== null) await scoreNumenta(corpus, print);
  return beatsRival;
}

const row = (cells) =>
  `${cells.map((cell, at) => (at === 0 ? String(cell).padEnd(20) : String(cell).padStart(14))).join("")}\n`;

async function scoreKpis(folder, print) {
  const labels = JSON.parse(readFileSync(join(folder, "labels.json"), "utf8"));
  const names = Object.keys(labels);
  const scores = await anomalyScores(names.map((name) => join(folder, `${name}.csv.gz`)));
  const own = [];
  const rival = [];
  print("KPI: threshold chosen on the first half of each series, events of the second half\n");
  print(row(["series", "found", "missed", "false alarms", "F1", "z-score F1"]));
  for (const name of names) {
    const path = join(folder, `${name}.csv.gz`);
    const { segments, split_index: split } = labels[name];
    const limits = segments.map(([start, end]) => [start, end]);
    const judge = (series) => {
      const threshold = chooseThreshold(series, limits, split);
      return countEvents(series, limits, { from: split, to: series.length, threshold });
    };
    const counted = judge(scores.get(path));
    const plain = judge(rollingZScore(valuesOf(path)));
    own.push(counted);
    rival.push(plain);
    print(
      row([name, counted.found, counted.missed, counted.falseAlarms, f1(counted).toFixed(2), f1(plain).toFixed(2)]),
    );
  }
  const [all, plain] = [sumOf(own), sumOf(rival)];
  print(row(["all", all.found, all.missed, all.falseAlarms, f1(all).toFixed(3), f1(plain).toFixed(3)]));
  return f1(all) > f1(plain);
}

const valuesOf = (path) =>
  gunzipSync(readFileSync(path))
    .toString()
    .trim()
    .split("\n")
    .slice(1)
    .map((line) => Number(line.slice(line.indexOf(",") + 1)));

async function scoreNumenta(folder, print) {
  const files = readCorpus(folder);
  const scores = await anomalyScores(files.map(({ path }) => path));
  const scored = files.map(({ path, windows }) => ({ scores: scores.get(path), windows }));
  const uneven = files.filter(({ path, rows }) => scores.get(path).length !== rows);
  for (const { name, rows, path } of uneven) print(`  ${name}: ${scores.get(path).length} scores for ${rows} rows\n`);
  print(`Numenta benchmark, ${files.length} files\n`);
  print(row(["profile", "score", "windows found", "of", "false", "threshold"]));
  for (const [name, profile] of Object.entries(PROFILES)) {
    const { score: reached, found, windows, falseDetections, threshold } = scoreCorpus(scored, profile);
    print(row([name, reached.toFixed(1), found, windows, falseDetections, threshold.toFixed(4)]));
  }
}
