/** Samples as series in the order of time, whatever files and segments they come from. */
import { kindCode } from "../../../shared/model/record.ts";
import { textAt, type SegmentColumns } from "../../../shared/model/segment.ts";
import type { MetricSignal, Place } from "../suspects/signals.ts";
import { SeriesOwners, type OwnedSeries } from "./series-owners.ts";
import type { ServiceNames } from "./service-names.ts";
import { placeOf, type StoredSegment, type StoredSegments } from "./stored-segments.ts";

const SAMPLE = kindCode("sample");

/** Grows by doubling, so that a million samples are two typed arrays a series and not a million objects. */
class Gathered {
  readonly service: string | null;
  readonly name: string;
  readonly place: Place;
  times = new Float64Array(64);
  values = new Float64Array(64);
  count = 0;
  isAscending = true;

  constructor(service: string | null, name: string, place: Place) {
    this.service = service;
    this.name = name;
    this.place = place;
  }

  add(time: number, value: number): void {
    if (this.count === this.times.length) {
      this.times = grown(this.times);
      this.values = grown(this.values);
    }
    if (this.count > 0 && time < (this.times[this.count - 1] ?? 0)) this.isAscending = false;
    this.times[this.count] = time;
    this.values[this.count] = value;
    this.count++;
  }

  signal({ service, name, ground }: OwnedSeries): MetricSignal {
    const { place, count } = this;
    const times = this.times.subarray(0, count);
    const values = this.values.subarray(0, count);
    if (this.isAscending) return { service, name, ground, times, values, place };
    const order = Uint32Array.from({ length: count }, (_, index) => index).sort(
      (a, b) => (times[a] ?? 0) - (times[b] ?? 0) || a - b,
    );
    return {
      service,
      name,
      ground,
      times: Float64Array.from(order, (index) => times[index] ?? 0),
      values: Float64Array.from(order, (index) => values[index] ?? 0),
      place,
    };
  }
}

function grown(array: Float64Array<ArrayBuffer>): Float64Array<ArrayBuffer> {
  const larger = new Float64Array(array.length * 2);
  larger.set(array);
  return larger;
}

/** In the order of their first sample. Samples without a time are left out; a value that is none is NaN. */
export function gatherMetrics(segments: StoredSegments, names: ServiceNames): MetricSignal[] {
  const gathered = new Map<string, Gathered>();
  const raw: Gathered[] = [];
  for (const segment of segments.of(["sample"])) gatherSegment(segment, gathered, raw);
  const owners = new SeriesOwners(raw, names);
  return raw.map((series) => series.signal(owners.of(series)));
}

function gatherSegment(segment: StoredSegment, gathered: Map<string, Gathered>, raw: Gathered[]): void {
  const { count, time: times, value: numbers, kind, service, name }: SegmentColumns = segment.columns;
  // A pair of dictionary codes names a series within its segment: one lookup by number a sample.
  const width = (service?.dictionary.length ?? 0) + 1;
  const known: (Gathered | undefined)[] = [];
  for (let row = 0; row < count; row++) {
    const time = times[row] ?? Number.NaN;
    if (kind[row] !== SAMPLE || Number.isNaN(time)) continue;
    const code = (name?.index[row] ?? 0) * width + (service?.index[row] ?? 0);
    let series = known[code];
    if (series === undefined) {
      const owner = textAt(service, row);
      const metric = textAt(name, row) ?? "";
      const key = JSON.stringify([owner, metric]);
      series = gathered.get(key);
      if (series === undefined) {
        series = new Gathered(owner, metric, placeOf(segment, row));
        gathered.set(key, series);
        raw.push(series);
      }
      known[code] = series;
    }
    series.add(time, numbers?.[row] ?? Number.NaN);
  }
}
