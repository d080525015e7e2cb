// A dump may end anywhere, and any byte of it may be another: all that is read is accounted for all the same.
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { formatById } from "../../../src/main/engine/formats/registry.ts";
import { micros } from "../../../src/shared/units.ts";
import { parse } from "./harness.ts";

const FIXTURES = join(import.meta.dirname, "../../fixtures/formats");
const FORMATS = [
  "azure-metrics",
  "cloudwatch-data",
  "cloudwatch-statistics",
  "cloudwatch-stream",
  "csv-metrics-long",
  "csv-metrics-wide",
  "datadog-query",
  "datadog-timeseries",
  "embedded-metrics",
  "google-monitoring",
  "grafana-frames",
  "graphite-csv",
  "graphite-json",
  "graphite-lines",
  "influx-csv",
  "influx-json",
  "influx-lines",
  "loki-streams",
  "sadf-rows",
  "sysstat-json",
];
const OPTIONS = { zone: "UTC", now: micros(Date.UTC(2026, 11, 31) * 1_000) };
/** Few enough for a test, and at no regular place of a row. */
const PLACES = 60;

/** Units that were read and whose fate nobody told. */
function lost(id: string, bytes: Uint8Array): number {
  const format = formatById(id);
  if (format === undefined) throw new Error(`no format ${id}`);
  const { records, deadLetters, skipped, read: all } = parse(format, bytes, OPTIONS, () => 4_096);
  return all - records - deadLetters - skipped;
}

const cases = FORMATS.flatMap((id) =>
  readdirSync(join(FIXTURES, id)).map((name): [string, string, Uint8Array] => {
    const folder = join(FIXTURES, id, name);
    const file = readdirSync(folder).find((entry) => entry.startsWith("input.")) ?? "";
    return [id, name, new Uint8Array(readFileSync(join(folder, file)))];
  }),
);
const placesIn = (bytes: Uint8Array): number[] =>
  Array.from({ length: PLACES }, (_, index) => Math.floor(((index + 0.5) * bytes.length) / PLACES));

it.each(cases)("%s accounts for all of %s that is cut anywhere", (id, _, bytes) => {
  expect(placesIn(bytes).map((at) => lost(id, bytes.subarray(0, at)))).toEqual(Array(PLACES).fill(0));
});

it.each(cases)("%s accounts for all of %s that is damaged anywhere", (id, _, bytes) => {
  for (const at of placesIn(bytes)) {
    for (const wrong of ["\0", "}", '"', "\n", "\u00ff"]) {
      const damaged = bytes.slice();
      damaged[at] = wrong.charCodeAt(0);
      expect(lost(id, damaged)).toBe(0);
    }
  }
});

it.each(FORMATS)("%s bears a document of 100,000 levels", (id) => {
  const documents = [`${'{"a":['.repeat(50_000)}1${"]}".repeat(50_000)}`, `[${'{"target":'.repeat(100_000)}`];
  expect(documents.map((text) => lost(id, new TextEncoder().encode(text)))).toEqual([0, 0]);
});
