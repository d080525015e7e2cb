/** The metric series of one source, each in the order of time, without a case. */
import { micros, MICROS_PER_MILLISECOND } from "../../../shared/units.ts";
import type { ConnectorContext, Opening } from "../../engine/connectors/connector.ts";
import { detectFormat, formatById } from "../../engine/formats/registry.ts";
import type { Format, Parser, RecordSink } from "../../engine/formats/format.ts";
import { makeSample } from "../../engine/formats/sample.ts";
import { timeOrder } from "../../engine/series/time-order.ts";
import { SAMPLE_BYTES } from "../../engine/ingest/source-format.ts";

export interface FileSeries {
  readonly service: string | null;
  readonly name: string;
  /** Microseconds. */
  readonly times: readonly number[];
  readonly values: readonly number[];
  /** Where each of them stands in these when they are taken as the file has them; null where that is the order of time. */
  readonly places: Uint32Array | null;
}

export interface ReadSeries {
  /** Null where no known format fits. */
  readonly format: string | null;
  /** In the order of their first sample. */
  readonly series: readonly FileSeries[];
  /** Pieces that could not be read, and samples without a time or a finite value. */
  readonly unread: number;
  readonly untimed: number;
}

/** Logs, spans, histories and test reports mostly hold no samples; where their beginning holds none, the rest is not read. */
const SELDOM_HOLD_SAMPLES: ReadonlySet<Format["unit"]> = new Set(["line", "span", "commit", "test"]);

/** Fails with a FailureError where the source cannot be fetched. */
export async function readSeries(opening: Opening, context: ConnectorContext, zone: string): Promise<ReadSeries> {
  const collector = new SeriesCollector();
  const now = micros((opening.modified ?? Date.now()) * MICROS_PER_MILLISECOND);
  let format = opening.format === null ? null : (formatById(opening.format) ?? null);
  let parser: Parser | null = null;
  let head: Uint8Array[] = [];
  let headBytes = 0;
  const begin = (complete: boolean): boolean => {
    const bytes = Buffer.concat(head);
    head = [];
    format ??= detectFormat(makeSample(opening.path, bytes.subarray(0, SAMPLE_BYTES), complete)).best?.format ?? null;
    if (format === null) return false;
    parser = format.parser({ zone, now, head: bytes }, collector);
    parser.push(bytes);
    if (complete) parser.end();
    return !complete && (collector.hasSamples || !SELDOM_HOLD_SAMPLES.has(format.unit));
  };
  const push = (bytes: Uint8Array): boolean => {
    if (parser !== null) {
      parser.push(bytes);
      return true;
    }
    head.push(bytes);
    headBytes += bytes.byteLength;
    return headBytes < SAMPLE_BYTES || begin(false);
  };
  let wanted = true;
  for await (const { bytes } of opening.chunks(context)) {
    wanted = push(bytes);
    if (!wanted) break;
  }
  if (wanted && parser === null && headBytes > 0) wanted = begin(true);
  if (wanted) (parser as Parser | null)?.end();
  return {
    format: formatName(format),
    series: collector.series(),
    unread: collector.unread,
    untimed: collector.untimed,
  };
}

const formatName = (format: Format | null): string | null => format?.id ?? null;

type Gathered = Omit<FileSeries, "places">;

/** Monitoring services answer the latest first. */
function inTimeOrder({ service, name, times, values }: Gathered): FileSeries {
  const order = timeOrder(Float64Array.from(times));
  if (order === null) return { service, name, times, values, places: null };
  const places = new Uint32Array(order.length);
  for (const [place, index] of order.entries()) places[index] = place;
  return {
    service,
    name,
    times: Array.from(order, (index) => times[index] ?? 0),
    values: Array.from(order, (index) => values[index] ?? 0),
    places,
  };
}

/** Takes the samples of what a format reads, and counts what is none. */
class SeriesCollector implements RecordSink {
  readonly #byKey = new Map<string, { service: string | null; name: string; times: number[]; values: number[] }>();
  unread = 0;
  untimed = 0;

  get hasSamples(): boolean {
    return this.#byKey.size > 0 || this.untimed > 0;
  }

  series(): readonly FileSeries[] {
    return [...this.#byKey.values()].map(inTimeOrder);
  }

  record({ kind, time, service, name, value }: Parameters<RecordSink["record"]>[0]): void {
    if (kind !== "sample") return;
    if (time === null || value === undefined || !Number.isFinite(value)) {
      this.untimed++;
      return;
    }
    const key = `${service ?? ""}\n${name ?? ""}`;
    let series = this.#byKey.get(key);
    if (series === undefined) {
      series = { service, name: name ?? "", times: [], values: [] };
      this.#byKey.set(key, series);
    }
    series.times.push(time.micros);
    series.values.push(value);
  }

  deadLetter(): void {
    this.unread++;
  }

  read(): void {}
  skip(): void {}
  warn(): void {}
  tests(): void {}
}
