// Counts what a file holds without any code of the engine: lines, array elements, spans, edges.
import { readFileSync } from "node:fs";
import { gunzipSync } from "node:zlib";

/**
 * @param {string} file
 * @returns {{ unit: string, count: number }}
 */
export function independentCount(file) {
  const raw = readFileSync(file);
  const text = (file.endsWith(".gz") ? gunzipSync(raw) : raw).toString("utf8");
  const name = file.replace(/\.gz$/, "");
  if (name.endsWith(".json")) return countJson(JSON.parse(text));
  return { unit: "lines", count: countLines(text) };
}

/** As `wc -l` counts, and one more for a last line without an end. */
function countLines(text) {
  const ends = text.split("\n").length - 1;
  return text.length > 0 && !text.endsWith("\n") ? ends + 1 : ends;
}

function countJson(document) {
  if (Array.isArray(document)) return { unit: "elements", count: document.length };
  const { data } = document;
  if (Array.isArray(data) && data.every((entry) => Array.isArray(entry?.spans))) {
    return { unit: "spans", count: data.reduce((sum, trace) => sum + trace.spans.length, 0) };
  }
  if (Array.isArray(data)) return { unit: "elements", count: data.length };
  const lists = Object.values(document).filter(
    (value) => Array.isArray(value) && value.every((entry) => typeof entry === "object"),
  );
  return lists.length === 1 ? { unit: "elements", count: lists[0].length } : { unit: "documents", count: 1 };
}
