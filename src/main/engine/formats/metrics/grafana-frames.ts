/**
 * Data frames as Grafana answers and exports them (`/api/ds/query`, a panel's data as JSON),
 * https://grafana.com/developers/plugin-tools/key-concepts/data-frames
 * Quirks: a frame holds a column a field; a column of words names the series of its rows, as SQL answers. What was asked
 * for under several letters stands in one document.
 */
import type { Format, ParseOptions, RecordSink, Sample } from "../format.ts";
import { type Column, columnParser } from "../support/metrics/column-document.ts";
import { arrayOf, isObject, type JsonObject, objectOf, textOf } from "../support/json/value.ts";
import { decodeSample, type SampleSeries, sampleSeries } from "../support/metrics/sample-series.ts";

/** The answer to a query, and a list of frames alone. */
const FRAMES = ["results.*.frames[*]", "[*]"];
const MOST_REMEMBERED = 10_000;

const fieldsOfFrame = (schema: unknown): readonly unknown[] => (isObject(schema) ? arrayOf(schema, "fields") : []);

/** `config.unit` is one of Grafana's, "s" or "bytes" among them. */
function seriesOfField(field: JsonObject, frame: string, wordNames: readonly string[]): Column {
  const config = objectOf(field, "config") ?? {};
  const own = textOf(field, ["name"]) ?? "";
  // Prometheus and others call each of their columns "Value", and tell the name elsewhere.
  const stated = /^value$/i.test(own) ? textOf(objectOf(field, "labels") ?? {}, ["__name__"]) : own;
  const name = stated ?? (frame === "" ? own : frame);
  const { __name__: _name, ...labels } = objectOf(field, "labels") ?? {};
  const unit = textOf(config, ["unit"]);
  const known = new Map<string, SampleSeries>();
  return {
    series(words) {
      const key = words.join("\n");
      let series = known.get(key);
      if (series === undefined) {
        if (known.size >= MOST_REMEMBERED) known.clear();
        const named = wordNames.flatMap((word, index) => (words[index] ? [[word, words[index]] as const] : []));
        series = sampleSeries(name, { ...Object.fromEntries(named), ...labels, ...(unit !== undefined && { unit }) });
        known.set(key, series);
      }
      return series;
    },
  };
}

function columnsOfFrame(schema: unknown): readonly Column[] {
  const fields = fieldsOfFrame(schema).map((field) => (isObject(field) ? field : {}));
  const frame = isObject(schema) ? (textOf(schema, ["name"]) ?? "") : "";
  const wordNames = fields.map((field) => textOf(field, ["name"]) ?? "");
  return fields.map((field) => {
    const type = textOf(field, ["type"]);
    if (type === "time") return "time";
    if (type === "string") return "words";
    return type === "number" || type === "boolean" ? seriesOfField(field, frame, wordNames) : "other";
  });
}

/** Whether a frame has times and numbers; rows of logs have none. */
function isOfSeries(frame: unknown): boolean {
  const fields = fieldsOfFrame(isObject(frame) ? frame["schema"] : undefined).filter(isObject);
  return ["time", "number"].every((type) => fields.some((field) => field["type"] === type));
}

export default {
  id: "grafana-frames",
  title: "Grafana data frames (JSON)",
  version: 1,
  unit: "sample",
  detect({ json }: Sample) {
    const results = isObject(json) ? Object.values(objectOf(json, "results") ?? {}) : [];
    const frames = Array.isArray(json)
      ? json
      : results.flatMap((item) => (isObject(item) ? arrayOf(item, "frames") : []));
    return frames.some(isOfSeries)
      ? { confidence: 0.97, reason: "frames with times and numbers as Grafana answers" }
      : null;
  },
  parser(options: ParseOptions, sink: RecordSink) {
    const places = FRAMES.map((frame) => ({
      table: frame,
      parts: [`${frame}.schema`],
      times: null,
      cells: `${frame}.data.values[*][*]`,
    }));
    const columns = (known: (path: string) => unknown): readonly Column[] =>
      columnsOfFrame(FRAMES.map((frame) => known(`${frame}.schema`)).find((schema) => schema !== undefined));
    return columnParser({ places, columns }, options, sink);
  },
  decode: decodeSample,
} satisfies Format;
