/** The anomalies of series as JSON, written piece by piece so that a million scores are never one text, and as a table. */
import { unitOf } from "../../../shared/model/metric-unit.ts";
import { scanSeries, type Scan } from "../../engine/series/scan.ts";
import { severityOf } from "../../engine/series/severity.ts";
import type { SeriesAnomaly } from "../../engine/series/stretch.ts";
import { isoMicros } from "../iso-time.ts";
import { table, type Cell } from "../table.ts";
import type { Terminal } from "../terminal.ts";
import type { FileSeries } from "./read-series.ts";

export interface ScannedSeries {
  /** As it was given. */
  readonly path: string;
  readonly series: FileSeries;
  readonly scan: Scan;
}

export const scanned = (path: string, series: FileSeries): ScannedSeries => ({
  path,
  series,
  scan: scanSeries(series.name, series.times, series.values),
});

/** Scores that are written at once. */
const PIECE = 10_000;

export class AnomalyJson {
  readonly #terminal: Terminal;
  readonly #withScores: boolean;
  #isFirst = true;

  constructor(terminal: Terminal, withScores: boolean) {
    this.#terminal = terminal;
    this.#withScores = withScores;
  }

  async add({ path, series, scan }: ScannedSeries): Promise<void> {
    const head = {
      path,
      service: series.service,
      name: series.name,
      unit: unitText(series.name),
      counter: scan.isCounter,
      samples: series.values.length,
      anomalies: scan.anomalies.map((anomaly) => anomalyJson(anomaly, series)),
    };
    const text = JSON.stringify(head);
    await this.#terminal.print(
      `${this.#isFirst ? '{"series":[' : ",\n"}${this.#withScores ? text.slice(0, -1) : text}`,
    );
    this.#isFirst = false;
    if (!this.#withScores) return;
    const { scores } = scan;
    await this.#terminal.print(',"scores":[');
    for (let from = 0; from < scores.length; from += PIECE) {
      const piece = Array.from({ length: Math.min(PIECE, scores.length - from) }, (_, at) => {
        const place = series.places?.[from + at] ?? from + at;
        const time = isoMicros(series.times[place] ?? 0);
        return `${from + at === 0 ? "" : ","}{"time":"${time}","score":${scores[place] ?? 0}}`;
      });
      await this.#terminal.print(piece.join(""));
    }
    await this.#terminal.print("]}");
  }

  async end(): Promise<void> {
    await this.#terminal.print(this.#isFirst ? '{"series":[]}\n' : "]}\n");
  }
}

const unitText = (name: string): string | null => {
  const unit = unitOf(name);
  return unit === "none" ? null : unit;
};

function anomalyJson(anomaly: SeriesAnomaly, { times, name }: FileSeries): Record<string, unknown> {
  const at = (index: number): string => isoMicros(times[index] ?? 0);
  const { band, perSecond } = anomaly;
  return {
    start: at(anomaly.start),
    peak: at(anomaly.peak),
    end: at(anomaly.end),
    severity: severityOf(anomaly, name),
    method: anomaly.method,
    score: anomaly.score,
    evidence: anomaly.evidence,
    peakValue: anomaly.peakValue,
    expected: band === null ? null : { low: band.low, high: band.high },
    perSecond,
  };
}

export async function printAnomalies(all: readonly ScannedSeries[], terminal: Terminal): Promise<void> {
  const rows = all.flatMap(({ series, scan }) =>
    scan.anomalies.map((anomaly): readonly Cell[] => [
      isoMicros(series.times[anomaly.start] ?? 0),
      isoMicros(series.times[anomaly.end] ?? 0),
      severityOf(anomaly, series.name),
      series.service,
      series.name,
      unitText(series.name),
      anomaly.method,
      short(anomaly.peakValue),
      anomaly.band === null ? null : `${short(anomaly.band.low)} … ${short(anomaly.band.high)}`,
      Math.round(anomaly.score * 100) / 100,
    ]),
  );
  rows.sort((a, b) => (String(a[0]) < String(b[0]) ? -1 : Number(String(a[0]) > String(b[0]))));
  const samples = all.reduce((sum, { series }) => sum + series.values.length, 0);
  const number = (value: number): string => value.toLocaleString("en-US");
  const found = `${number(rows.length)} ${rows.length === 1 ? "anomaly" : "anomalies"}`;
  await terminal.print(`${found} in ${number(samples)} samples of ${number(all.length)} series\n`);
  if (rows.length === 0) return;
  const header = ["start", "end", "severity", "service", "series", "unit", "method", "peak", "expected", "score"];
  await terminal.print(`\n${table(header, rows)}`);
}

/** Numbers of more digits than anybody reads are written with an exponent. */
const LONGEST = 1e15;
const short = (value: number): string =>
  Math.abs(value) >= LONGEST
    ? value.toExponential(3)
    : Number(value.toPrecision(4)).toLocaleString("en-US", { maximumSignificantDigits: 4 });
