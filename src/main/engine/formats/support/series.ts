/** Names of series as Prometheus writes them: `http_requests_total{job="api",code="500"}`. */
import type { Fields } from "../../../../shared/model/record.ts";

export function seriesName(name: string, labels: Fields): string {
  if (labels.length === 0) return name;
  return `${name}{${labels.map(([key, value]) => `${key}=${JSON.stringify(String(value))}`).join(",")}}`;
}

export const sampleMessage = (series: string, value: number | undefined): string =>
  value === undefined ? series : `${series} = ${value}`;
