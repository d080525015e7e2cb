// Metric series: which there are, and one of them thinned to what a chart can show. A series may come from several
// sources; its samples are merged by time.
import type { SeriesKey } from "../../../shared/contract.ts";
import type { Anomaly } from "../../../shared/model/anomaly.ts";
import { kindCode } from "../../../shared/model/record.ts";
import { textAt } from "../../../shared/model/segment.ts";
import type { QueryContext } from "./query-context.ts";
import type { IndexedSegment } from "./record-index.ts";

export interface SeriesSummary extends SeriesKey {
  readonly samples: number;
  readonly anomalies: number;
}

const SAMPLE = kindCode("sample");

export function listSeries(
  context: QueryContext,
  anomalies: readonly Anomaly[],
  checkpoint: () => void,
): SeriesSummary[] {
  const found = new Map<string, { service: string | null; name: string; samples: number; anomalies: number }>();
  for (const segment of sampleSegments(context)) {
    checkpoint();
    for (const [key, samples] of seriesOf(context, segment)) {
      const [service, name] = JSON.parse(key) as [string | null, string];
      const known = found.get(key) ?? { service, name, samples: 0, anomalies: 0 };
      known.samples += samples;
      found.set(key, known);
    }
  }
  for (const { service, series } of anomalies) {
    const known = found.get(JSON.stringify([service, series]));
    if (known !== undefined) known.anomalies += 1;
  }
  return [...found.values()].sort((a, b) => compare(a.service ?? "", b.service ?? "") || compare(a.name, b.name));
}

const compare = (a: string, b: string): number => (a < b ? -1 : Number(a > b));
const sampleSegments = ({ index }: QueryContext): readonly IndexedSegment[] =>
  index.segments.filter(({ kinds }) => (kinds & (1 << SAMPLE)) !== 0);

function seriesOf({ index, columns }: QueryContext, segment: IndexedSegment): Map<string, number> {
  const names = columns.get(segment.id, "name");
  const counts = new Map<number, number>();
  const width = index.services.length;
  for (let row = 0; row < segment.count; row += 1) {
    if (index.kind.at(segment.first + row) !== SAMPLE) continue;
    const code = (names?.index[row] ?? 0) * width + index.service.at(segment.first + row);
    counts.set(code, (counts.get(code) ?? 0) + 1);
  }
  const found = new Map<string, number>();
  for (const [code, count] of counts) {
    const name = names?.dictionary[Math.floor(code / width) - 1] ?? "";
    found.set(JSON.stringify([index.services[code % width] ?? null, name]), count);
  }
  return found;
}

export function readSeries(
  context: QueryContext,
  key: SeriesKey,
  range: { readonly from: number | null; readonly to: number | null },
  points: number,
  checkpoint: () => void,
): { times: Float64Array<ArrayBuffer>; values: Float64Array<ArrayBuffer> } {
  const from = range.from ?? -Infinity;
  const to = range.to ?? Infinity;
  const ordinals: number[] = [];
  const samples: number[] = [];
  const { index, columns } = context;
  for (const segment of sampleSegments(context)) {
    if (segment.firstTime === null || segment.lastTime === null || segment.firstTime >= to || segment.lastTime < from)
      continue;
    checkpoint();
    const names = columns.get(segment.id, "name");
    const code = key.name === "" && names === null ? 0 : (names?.dictionary.indexOf(key.name) ?? -1) + 1;
    const values = columns.get(segment.id, "value");
    if (values === null || (code === 0 && key.name !== "")) continue;
    for (let row = 0; row < segment.count; row += 1) {
      const ordinal = segment.first + row;
      if (index.kind.at(ordinal) !== SAMPLE || (textAt(names, row) ?? "") !== key.name) continue;
      if ((index.services[index.service.at(ordinal)] ?? null) !== key.service) continue;
      const time = index.time.at(ordinal);
      const value = values[row] ?? Number.NaN;
      if (time === Infinity || time < from || time >= to || !Number.isFinite(value)) continue;
      ordinals.push(ordinal);
      samples.push(value);
    }
  }
  const order = Array.from(ordinals, (_, i) => i).sort(
    (a, b) => index.time.at(ordinals[a] ?? 0) - index.time.at(ordinals[b] ?? 0) || a - b,
  );
  const times = Float64Array.from(order, (i) => index.time.at(ordinals[i] ?? 0));
  return thin(
    times,
    Float64Array.from(order, (i) => samples[i] ?? 0),
    points,
  );
}

/** At most `points`: of each of equally wide stretches of time the least and the greatest value, at their own times. */
export function thin(
  times: Float64Array<ArrayBuffer>,
  values: Float64Array<ArrayBuffer>,
  points: number,
): { times: Float64Array<ArrayBuffer>; values: Float64Array<ArrayBuffer> } {
  if (times.length <= points) return { times, values };
  const buckets = Math.max(1, Math.floor(points / 2));
  const first = times[0] ?? 0;
  const width = Math.max(((times.at(-1) ?? 0) - first) / buckets, Number.MIN_VALUE);
  const chosen: number[] = [];
  let start = 0;
  while (start < times.length) {
    const bucket = bucketOf(times[start] ?? 0);
    let least = start;
    let greatest = start;
    let end = start;
    for (; end < times.length && bucketOf(times[end] ?? 0) === bucket; end += 1) {
      if ((values[end] ?? 0) < (values[least] ?? 0)) least = end;
      if ((values[end] ?? 0) > (values[greatest] ?? 0)) greatest = end;
    }
    chosen.push(Math.min(least, greatest));
    if (least !== greatest) chosen.push(Math.max(least, greatest));
    start = end;
  }
  return {
    times: Float64Array.from(chosen, (i) => times[i] ?? 0),
    values: Float64Array.from(chosen, (i) => values[i] ?? 0),
  };

  function bucketOf(time: number): number {
    return Math.min(buckets - 1, Math.floor((time - first) / width));
  }
}
