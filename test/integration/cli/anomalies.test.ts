import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import { temporaryFolder } from "../ingest/support.ts";
import { faultline } from "./support.ts";

interface Answer {
  readonly series: readonly {
    readonly path: string;
    readonly service: string | null;
    readonly name: string;
    readonly unit: string | null;
    readonly counter: boolean;
    readonly samples: number;
    readonly anomalies: readonly Record<string, unknown>[];
    readonly scores?: readonly { readonly time: string; readonly score: number }[];
  }[];
}

/** A wobble without randomness, and one sample far off. */
const values = (count: number, off: number): number[] =>
  Array.from({ length: count }, (_, index) => (index === off ? 900 : 50 + 5 * Math.sin(index * 1.7) + (index % 3)));

const clock = (index: number): string => new Date(Date.UTC(2026, 2, 1) + index * 300_000).toISOString();
/** "2026-03-01 00:05:00", as benchmarks write it. */
const plainClock = (index: number): string => clock(index).slice(0, 19).replace("T", " ");

const oneSeries = (): string =>
  `timestamp,value\n${values(600, 500)
    .map((value, index) => `${plainClock(index)},${value}`)
    .join("\n")}\n`;
const manySeries = (): string =>
  `timestamp,service,metric,value\n${values(300, 250)
    .map((value, index) => `${clock(index)},shop,latency_p99_ms,${value}\n${clock(index)},db,cpu_percent,${index % 7}`)
    .join("\n")}\n`;

/** As `promtool tsdb dump` writes it. */
const dumped = (): string =>
  values(600, 500)
    .map((value, index) => `{__name__="latency_ms", job="shop"} ${value} ${Date.parse(clock(index))}\n`)
    .join("");

describe("faultline anomalies", () => {
  it("scores samples in lines that could as well say something else", async () => {
    const folder = temporaryFolder();
    writeFileSync(join(folder, "dump.txt"), dumped());
    writeFileSync(join(folder, "app.log"), `${clock(0)} INFO shop started\n`.repeat(50));
    const { code, json } = await faultline(["anomalies", folder, "--json"]);
    expect(code).toBe(0);
    expect((json() as Answer).series).toEqual([
      expect.objectContaining({
        service: "shop",
        name: 'latency_ms{job="shop"}',
        samples: 600,
        anomalies: [expect.anything()],
      }),
    ]);
  });

  it("finds in a file that begins with the latest sample what it finds in the order of time", async () => {
    const folder = temporaryFolder();
    const [header = "", ...rows] = oneSeries().trimEnd().split("\n");
    writeFileSync(join(folder, "ascending.csv"), oneSeries());
    writeFileSync(join(folder, "descending.csv"), [header, ...rows.toReversed()].join("\n"));
    const [ascending, descending] = await Promise.all(
      ["ascending.csv", "descending.csv"].map(async (name) => {
        const { json } = await faultline(["anomalies", join(folder, name), "--json", "--scores"]);
        return (json() as Answer).series[0];
      }),
    );
    expect(descending?.anomalies).toEqual(ascending?.anomalies);
    expect(descending?.anomalies).toHaveLength(1);
    expect(descending?.scores).toEqual(ascending?.scores?.toReversed());
  });

  it("scores each sample in the file's order, and tells start, peak, end, severity, method and score", async () => {
    const file = join(temporaryFolder(), "one.csv");
    writeFileSync(file, oneSeries());
    const { code, json, stderr } = await faultline(["anomalies", file, "--json", "--scores"]);
    expect([code, stderr]).toEqual([0, ""]);
    const { series } = json() as Answer;
    expect(series).toHaveLength(1);
    const [only] = series;
    expect(only).toMatchObject({ service: null, name: "value", unit: null, counter: false, samples: 600 });
    const scores = only?.scores ?? [];
    expect(scores.map(({ time }) => time)).toEqual(Array.from({ length: 600 }, (_, index) => clock(index)));
    expect(scores.every(({ score }) => score >= 0 && score <= 1)).toBe(true);
    expect(scores.findIndex(({ score }) => score >= 0.6)).toBe(500);
    expect(only?.anomalies).toEqual([
      expect.objectContaining({
        start: clock(500),
        peak: clock(500),
        end: clock(500),
        severity: "CRITICAL",
        method: "spike",
        peakValue: 900,
      }),
    ]);
  });

  it("reads folders and gzip-compressed files, one series a service and name, without scores unless asked", async () => {
    const folder = temporaryFolder();
    mkdirSync(join(folder, "metrics"));
    writeFileSync(join(folder, "metrics", "long.csv.gz"), gzipSync(manySeries()));
    writeFileSync(join(folder, "app.log"), "2026-03-01T00:00:00Z INFO started\n");
    const { code, json } = await faultline(["anomalies", folder, "--json"]);
    expect(code).toBe(0);
    const { series } = json() as Answer;
    expect(series.map(({ service, name, unit, anomalies }) => [service, name, unit, anomalies.length])).toEqual([
      ["shop", "latency_p99_ms", "milliseconds", 1],
      ["db", "cpu_percent", "percent", 0],
    ]);
    expect(series.every((one) => !("scores" in one))).toBe(true);
  });

  it("prints a table for people", async () => {
    const file = join(temporaryFolder(), "long.csv");
    writeFileSync(file, manySeries());
    const { stdout } = await faultline(["anomalies", file]);
    expect(stdout).toMatch(/^1 anomaly in 600 samples of 2 series\n/u);
    expect(stdout).toMatch(/CRITICAL\s+shop\s+latency_p99_ms\s+milliseconds\s+spike\s+900/u);
  });

  it("says what it could not use, and fails where there is nothing to look at", async () => {
    const folder = temporaryFolder();
    const damaged = join(folder, "damaged.csv");
    writeFileSync(damaged, oneSeries().replace("2026-03-01 00:05:00,", "yesterday,"));
    const one = await faultline(["anomalies", damaged, "--json"]);
    expect((one.json() as Answer).series[0]?.samples).toBe(599);
    expect(one.stderr).toMatch(/1 piece could not be read/u);
    const log = join(folder, "app.log");
    writeFileSync(log, "2026-03-01T00:00:00Z INFO started\n");
    const none = await faultline(["anomalies", log]);
    expect([none.code, none.stderr]).toEqual([1, expect.stringMatching(/No metric samples/u)]);
    expect((await faultline(["anomalies", join(folder, "missing.csv"), "--json"])).code).toBe(1);
    expect((await faultline(["anomalies", damaged, "--scores"])).code).toBe(2);
    expect((await faultline(["anomalies", ""])).code).toBe(2);
  });

  it("sends who names a case to the anomalies that stand in it", async () => {
    const folder = temporaryFolder();
    writeFileSync(join(folder, "one.csv"), oneSeries());
    const made = join(folder, "day.faultline");
    await faultline(["analyze", join(folder, "one.csv"), "--case", made]);
    const asked = await faultline(["anomalies", made]);
    expect([asked.code, asked.stdout]).toEqual([2, ""]);
    const advised = /day\.faultline is a case.*"faultline (events \S+ --kind \S+)"/u.exec(asked.stderr)?.[1] ?? "";
    const events = await faultline(advised.split(" "));
    expect([events.code, events.stdout]).toEqual([0, expect.stringMatching(/metric-anomaly/u)]);
  });
});
