// Where a case mostly lies in time: a device without a clock writes 1970, another one 2036, and a few such records must
// not stretch the timeline of an hour over decades. They stay in the case and in its list; this says where they are.
import type { CaseInfo } from "../../../shared/contract.ts";
import type { IncidentEvent } from "../../../shared/model/event.ts";
import { micros, MICROS_PER_MINUTE } from "../../../shared/units.ts";
import type { CaseReader, SegmentRow } from "../store/protocol.ts";
import type { SegmentBins } from "./segment-bins.ts";

/** Records between two moments; several that overlap or follow each other closely are one. */
export interface Cluster {
  readonly from: number;
  readonly to: number;
  readonly records: number;
}

export type MainRange = NonNullable<CaseInfo["main"]>;

/** Who looks into an incident looks at hours or days: what lies a month away from all the rest is no part of that. */
const SILENCE = 30 * 24 * 60 * MICROS_PER_MINUTE;
/** Of all records; where more lie elsewhere, a case has two stories, and both are shown. */
const LEAST_SHARE = 0.95;

/** Null where no silence parts records, or no cluster has nearly all of them. */
export function mainRange(clusters: readonly Cluster[]): MainRange | null {
  const parted = joined(clusters);
  if (parted.length < 2) return null;
  const all = sumOf(parted);
  const at = parted.findIndex(({ records }) => records > 0 && records >= all * LEAST_SHARE);
  const main = parted[at];
  if (main === undefined) return null;
  return {
    from: micros(main.from),
    to: micros(main.to),
    before: farOf(parted.slice(0, at)),
    after: farOf(parted.slice(at + 1)),
  };
}

/** Clusters with no silence between them become one. */
function joined(clusters: readonly Cluster[]): readonly Cluster[] {
  const all: Cluster[] = [];
  for (const next of clusters.toSorted((a, b) => a.from - b.from)) {
    const last = all.at(-1);
    if (last === undefined || next.from - last.to > SILENCE) all.push(next);
    else
      all[all.length - 1] = {
        from: last.from,
        to: Math.max(last.to, next.to),
        records: last.records + next.records,
      };
  }
  return all;
}

const sumOf = (clusters: readonly Cluster[]): number => clusters.reduce((sum, { records }) => sum + records, 0);

function farOf(clusters: readonly Cluster[]): MainRange["before"] {
  const [first, last] = [clusters[0], clusters.at(-1)];
  if (first === undefined || last === undefined) return null;
  return { from: micros(first.from), to: micros(last.to), records: sumOf(clusters) };
}

interface Parts {
  readonly segments: readonly SegmentRow[];
  readonly events: readonly IncidentEvent[];
  readonly bins: SegmentBins;
  readonly reader: CaseReader;
}

/** Finds the main range again and again while a case grows: of each segment the times are looked at once at most. */
export class MainRanges {
  readonly #clusters = new Map<number, readonly Cluster[]>();

  /** @param span first and last time of the case. */
  of(parts: Parts, span: { readonly first: number; readonly last: number }, checkpoint: () => void): MainRange | null {
    if (span.last - span.first <= SILENCE) return null;
    const { segments, events } = parts;
    const ofSegments = segments.flatMap((segment) => {
      let clusters = this.#clusters.get(segment.id);
      if (clusters === undefined) {
        checkpoint();
        clusters = clustersOfSegment(segment, parts);
        this.#clusters.set(segment.id, clusters);
      }
      return clusters;
    });
    // Events mark a time without being records of it.
    const marks = events.map(({ time, endTime }): Cluster => ({ from: time, to: endTime ?? time, records: 0 }));
    return mainRange(ofSegments.concat(marks));
  }
}

function clustersOfSegment(
  { id, count, firstTime, lastTime }: SegmentRow,
  { bins, reader }: Parts,
): readonly Cluster[] {
  if (firstTime === null || lastTime === null) return [];
  if (lastTime - firstTime > SILENCE) return clustersOf(reader.columns(id, ["time"]).time);
  const known = bins.of(id);
  const records = known === undefined ? count : known.counts.reduce((sum, one) => sum + one, known.samples);
  return [{ from: firstTime, to: lastTime, records }];
}

/** NaN is no time. */
export function clustersOf(times: Float64Array): readonly Cluster[] {
  // NaN stands behind all others then.
  const inOrder = times.toSorted();
  const clusters: Cluster[] = [];
  let start = 0;
  for (let at = 0; at < inOrder.length && !Number.isNaN(inOrder[at]); at += 1) {
    const [time, next] = [inOrder[at] ?? 0, inOrder[at + 1] ?? Number.NaN];
    if (next - time <= SILENCE) continue;
    clusters.push({ from: inOrder[start] ?? 0, to: time, records: at + 1 - start });
    start = at + 1;
  }
  return clusters;
}
