/** How far an import is, in one line. */
import type { ImportProgress } from "../engine/ingest/live-sources.ts";

export function progressLine({ sources, reading, bytesPerSecond }: ImportProgress): string {
  const current = sources.find((source) => source.state === "reading");
  const part =
    current === undefined || current.bytes === 0 ? "" : ` ${Math.floor((current.bytesRead / current.bytes) * 100)} %`;
  const what =
    current === undefined ? "" : `: ${current.path}${part}, ${current.records.toLocaleString("en-US")} records`;
  return `${reading} to read${what}, ${(bytesPerSecond / 1e6).toFixed(1)} MB/s`;
}
