/** Series of metrics and their samples: what they are called, and what a sample is as a record. */
import { Level } from "../../../../../shared/model/level.ts";
import type { Fields, RecordInput, Timestamp } from "../../../../../shared/model/record.ts";

export interface Series {
  readonly name: string;
  readonly service: string | null;
  readonly context?: string | undefined;
}

/** The name as Prometheus writes it: `http_requests_total{job="api",code="500"}`. */
export function seriesName(name: string, labels: Fields): string {
  if (labels.length === 0) return name;
  return `${name}{${labels.map(([key, value]) => `${key}=${JSON.stringify(String(value))}`).join(",")}}`;
}

export const sampleMessage = (series: string, value: number | undefined): string =>
  value === undefined ? series : `${series} = ${value}`;

export function sampleRecord(series: Series, time: Timestamp | null, value: number): RecordInput {
  const { name, service, context } = series;
  return {
    kind: "sample",
    time,
    level: Level.none,
    service,
    message: sampleMessage(name, value),
    name,
    value,
    context,
  };
}
