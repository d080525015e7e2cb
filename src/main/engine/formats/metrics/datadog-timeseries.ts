/**
 * Timeseries of Datadog's query API, version 2 (`/api/v2/query/timeseries`), https://docs.datadoghq.com/api/latest/metrics/#query-timeseries-data-across-multiple-products
 * Quirks: one array of times belongs to all series; the answer does not say what was asked, so that a series is named by
 * the number of its query, and by its tags.
 */
import type { Format, ParseOptions, RecordSink, Sample } from "../format.ts";
import { columnParser } from "../support/metrics/column-document.ts";
import { datadogTags, datadogUnit } from "../support/metrics/datadog.ts";
import { isObject, objectOf } from "../support/json/value.ts";
import { decodeSample, sampleSeries } from "../support/metrics/sample-series.ts";

const TABLE = "data.attributes";
const SERIES = `${TABLE}.series`;

export default {
  id: "datadog-timeseries",
  title: "Datadog query answer, version 2 (JSON)",
  version: 1,
  unit: "sample",
  detect({ json }: Sample) {
    const attributes = isObject(json) ? objectOf(objectOf(json, "data") ?? {}, "attributes") : undefined;
    if (attributes === undefined || !Array.isArray(attributes["series"])) return null;
    if (!Array.isArray(attributes["times"]) && !Array.isArray(attributes["values"])) return null;
    return { confidence: 0.97, reason: "series, times and values as Datadog answers" };
  },
  parser(options: ParseOptions, sink: RecordSink) {
    const place = { table: TABLE, parts: [SERIES], times: `${TABLE}.times[*]`, cells: `${TABLE}.values[*][*]` };
    return columnParser(
      {
        places: [place],
        columns(known) {
          const list = known(SERIES);
          return (Array.isArray(list) ? (list as unknown[]) : []).map((item) => {
            const { query_index: index, group_tags: tags, unit } = isObject(item) ? item : {};
            const name = `query ${typeof index === "number" ? index : 0}`;
            const series = sampleSeries(name, { ...datadogTags(tags), ...datadogUnit(unit) });
            return { series: () => series };
          });
        },
      },
      options,
      sink,
    );
  },
  decode: decodeSample,
} satisfies Format;
