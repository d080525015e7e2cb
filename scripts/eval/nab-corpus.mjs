// Reads a folder of the Numenta Anomaly Benchmark: data/GROUP/FILE.csv and labels/combined_windows.json.
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";

/** The benchmark's folder within a folder of real data, or that folder itself; null when it is not there. */
export function findCorpus(data) {
  const places = [
    data,
    join(data, "nab"),
    join(data, "NAB"),
    join(data, "metrics", "nab"),
    join(data, "metrics", "NAB"),
  ];
  return places.find((place) => existsSync(labelsOf(place))) ?? null;
}

const labelsOf = (folder) => join(folder, "labels", "combined_windows.json");

/**
 * @param {string} folder
 * @returns {{ name: string, path: string, rows: number, windows: [number, number][] }[]} windows as first and last row
 */
export function readCorpus(folder) {
  const labels = JSON.parse(readFileSync(labelsOf(folder), "utf8"));
  return Object.entries(labels)
    .map(([name, limits]) => ({ name, path: join(folder, "data", name), limits }))
    .filter(({ path }) => existsSync(path))
    .map(({ name, path, limits }) => {
      const times = readFileSync(path, "utf8")
        .split(/\r?\n/u)
        .slice(1)
        .filter((line) => line !== "")
        .map((line) => line.slice(0, line.indexOf(",")));
      return { name, path, rows: times.length, windows: limits.map((limit) => rowsOf(limit, times)) };
    });
}

/** Labels carry microseconds that the rows do not. */
function rowsOf([from, to], times) {
  const plain = (time) => time.replace(/\.0+$/u, "");
  const start = times.findIndex((time) => plain(time) >= plain(from));
  const end = times.findLastIndex((time) => plain(time) <= plain(to));
  return [start, end];
}
