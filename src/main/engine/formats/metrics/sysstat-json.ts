/**
 * What sysstat's tools write as JSON: `sadf -j`, `mpstat -o JSON`, `iostat -t -o JSON`, https://man7.org/linux/man-pages/man1/sadf.1.html
 * Quirks: a moment holds all that was measured in it, in objects and lists of any depth; the words of a list's item name
 * it (`iface`, `cpu`, `disk-device`). The day may stand at the host, and the clock alone at the moment.
 */
import type { Timestamp } from "../../../../shared/model/record.ts";
import type { Format, ParseOptions, RecordSink, Sample } from "../format.ts";
import type { FieldTimes } from "../support/objects/field-times.ts";
import type { Refusal } from "../support/json/elements.ts";
import { arrayOf, isObject, type JsonObject, objectOf, textOf } from "../support/json/value.ts";
import {
  decodeSample,
  isRefused,
  type SampleSeries,
  sampleSeries,
  type SeriesSample,
  sampleTime,
} from "../support/metrics/sample-series.ts";
import { seriesParser, type SeriesDocument } from "../support/metrics/series-document.ts";

const HOST = "sysstat.hosts[*]";
const NAME = `${HOST}.nodename`;
const DAY = `${HOST}.date`;
/** Deeper than any of the tools writes. */
const DEEPEST = 8;
const MOST_REMEMBERED = 10_000;

class HostSeries {
  readonly host: JsonObject;
  readonly day: string;
  readonly #known = new Map<string, SampleSeries>();

  constructor(name: unknown, day: unknown) {
    this.host = typeof name === "string" && name !== "" ? { host: name } : {};
    this.day = typeof day === "string" ? day : "";
  }

  of(at: readonly string[], labels: JsonObject): SampleSeries {
    const key = JSON.stringify([at, labels]);
    let series = this.#known.get(key);
    if (series === undefined) {
      if (this.#known.size >= MOST_REMEMBERED) this.#known.clear();
      const metric = at.filter((step) => !/^\d+$/.test(step)).join(".");
      this.#known.set(key, (series = sampleSeries(metric, { ...this.host, ...labels }, at)));
    }
    return series;
  }
}

/** `{date, time, utc}`, a day and a clock, or a clock of the host's day. */
function timeOf(stamp: unknown, day: string, times: FieldTimes): Timestamp | null | Refusal {
  const parts = isObject(stamp) ? stamp : {};
  const clock = isObject(stamp) ? textOf(parts, ["time"]) : stamp;
  const zone = parts["utc"] === 1 ? "Z" : "";
  if (typeof clock !== "string") return sampleTime(stamp, times);
  const isAlone = /^\d{1,2}:/.test(clock);
  return sampleTime(isAlone ? `${isoDay(textOf(parts, ["date"]) ?? day)} ${clock}${zone}` : clock, times);
}

/** The tools write 11/22/26 in most locales. */
const isoDay = (day: string): string => day.replace(/^(\d\d)\/(\d\d)\/(\d\d)$/, "20$3-$1-$2");

function collect(
  value: JsonObject,
  at: readonly string[],
  around: JsonObject,
  into: (at: string[], labels: JsonObject, value: number) => void,
): void {
  const words = Object.entries(value).filter(([, member]) => typeof member === "string");
  const labels = { ...around, ...Object.fromEntries(words) };
  for (const [key, member] of Object.entries(value)) {
    const here = [...at, key];
    if (typeof member === "number") into(here, labels, member);
    else if (here.length >= DEEPEST) continue;
    else if (isObject(member)) collect(member, here, labels, into);
    else if (Array.isArray(member)) {
      for (const [index, item] of member.entries())
        if (isObject(item)) collect(item, [...here, String(index)], labels, into);
    }
  }
}

const DOCUMENT: SeriesDocument<HostSeries> = {
  scopes: [HOST],
  parts: [NAME, DAY],
  samples: [`${HOST}.statistics[*]`],
  isKnown: (known) => known(NAME) !== undefined,
  series: (known) => new HostSeries(known(NAME), known(DAY)),
  read(moment, series, times) {
    if (!isObject(moment))
      return { reason: "no-sample", message: "expected an object with a timestamp and statistics" };
    const { timestamp, ...measured } = moment;
    const time = timeOf(timestamp, series.day, times);
    if (isRefused(time)) return time;
    const samples: SeriesSample[] = [];
    collect(measured, [], {}, (at, labels, value) => samples.push({ series: series.of(at, labels), time, value }));
    return samples;
  },
};

export default {
  id: "sysstat-json",
  title: "Statistics of sysstat (JSON)",
  version: 1,
  unit: "sample",
  detect({ json }: Sample) {
    const hosts = isObject(json) ? arrayOf(objectOf(json, "sysstat") ?? {}, "hosts") : [];
    if (!hosts.some((host) => isObject(host) && Array.isArray(host["statistics"]))) return null;
    return { confidence: 0.97, reason: "hosts with statistics as sysstat writes them" };
  },
  parser: (options: ParseOptions, sink: RecordSink) => seriesParser(DOCUMENT, options, sink),
  decode: decodeSample,
} satisfies Format;
