/** Gathers metric samples into series, in time order, whatever files and segments they came from. */
import { kindCode } from "../../../../shared/model/record.ts";
import { textAt } from "../../../../shared/model/segment.ts";
import type { DetectorInput, DetectorSegment, RecordPlace } from "../detector.ts";

const SAMPLE = kindCode("sample");

export interface Series {
  readonly service: string | null;
  readonly name: string;
  /** Microseconds, ascending. */
  readonly times: Float64Array;
  readonly values: Float64Array;
  /** Where sample `index` stands. */
  place(index: number): RecordPlace | null;
}

/** Grows by doubling, so that a million samples are three typed arrays and not a million objects. */
class Gathered {
  readonly service: string | null;
  readonly name: string;
  times = new Float64Array(64);
  values = new Float64Array(64);
  places = new Float64Array(64);
  count = 0;

  constructor(service: string | null, name: string) {
    this.service = service;
    this.name = name;
  }

  add(time: number, value: number, place: number): void {
    if (this.count === this.times.length) {
      this.times = grown(this.times);
      this.values = grown(this.values);
      this.places = grown(this.places);
    }
    this.times[this.count] = time;
    this.values[this.count] = value;
    this.places[this.count] = place;
    this.count++;
  }
}

function grown(array: Float64Array<ArrayBuffer>): Float64Array<ArrayBuffer> {
  const larger = new Float64Array(array.length * 2);
  larger.set(array);
  return larger;
}

/** Rows of a segment fit below this. */
const ROWS = 65_536;

/** Several detectors of a pass look at the same series. */
const gatheredOf = new WeakMap<DetectorInput, readonly Series[]>();

/** Samples without a time or with a value that is not finite are left out. Series come in the order of their first sample. */
export function gatherSeries(input: DetectorInput): readonly Series[] {
  const known = gatheredOf.get(input) ?? gather(input);
  gatheredOf.set(input, known);
  return known;
}

function gather(input: DetectorInput): Series[] {
  const segments: DetectorSegment[] = [];
  const gathered = new Map<string, Gathered>();
  for (const segment of input.segments(["sample"])) {
    input.checkpoint();
    const position = segments.push(segment) - 1;
    gatherSegment(segment, position, gathered);
  }
  return [...gathered.values()].map((series) => inTimeOrder(series, segments));
}

function gatherSegment({ columns }: DetectorSegment, position: number, gathered: Map<string, Gathered>): void {
  const { count, time: times, value: numbers, kind, service: servicesColumn, name: names } = columns;
  // A pair of dictionary codes names a series within its segment: one lookup by number a sample.
  const known = new Map<number, Gathered>();
  const services = (servicesColumn?.dictionary.length ?? 0) + 1;
  for (let row = 0; row < count; row++) {
    const time = times[row] ?? Number.NaN;
    const value = numbers?.[row] ?? Number.NaN;
    if (kind[row] !== SAMPLE || Number.isNaN(time) || !Number.isFinite(value)) continue;
    const key = (names?.index[row] ?? 0) * services + (servicesColumn?.index[row] ?? 0);
    let series = known.get(key);
    if (series === undefined) {
      const service = textAt(servicesColumn, row);
      const name = textAt(names, row) ?? "";
      const global = JSON.stringify([service, name]);
      series = gathered.get(global) ?? new Gathered(service, name);
      gathered.set(global, series);
      known.set(key, series);
    }
    series.add(time, value, position * ROWS + row);
  }
}

function inTimeOrder(series: Gathered, segments: readonly DetectorSegment[]): Series {
  const { count, service, name } = series;
  let { times, values, places } = series;
  times = times.subarray(0, count);
  values = values.subarray(0, count);
  places = places.subarray(0, count);
  if (!isAscending(times)) {
    const order = Uint32Array.from({ length: count }, (_, index) => index).sort(
      (a, b) => (times[a] ?? 0) - (times[b] ?? 0) || a - b,
    );
    const sorted = (array: Float64Array<ArrayBuffer>): Float64Array<ArrayBuffer> =>
      Float64Array.from(order, (index) => array[index] ?? 0);
    [times, values, places] = [sorted(times), sorted(values), sorted(places)];
  }
  return {
    service,
    name,
    times,
    values,
    place(index) {
      const place = places[index];
      const segment = place === undefined ? undefined : segments[Math.floor(place / ROWS)];
      return place === undefined || segment === undefined ? null : { segment, row: place % ROWS };
    },
  };
}

function isAscending(times: Float64Array): boolean {
  for (let index = 1; index < times.length; index++) {
    if ((times[index] ?? 0) < (times[index - 1] ?? 0)) return false;
  }
  return true;
}
