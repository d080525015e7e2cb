/** The samples of a series in a range, and what the whole series is like: a zoom changes neither its kind nor its ends. */
import { useRef } from "react";
import type { SeriesKey } from "../../shared/contract.ts";
import { call } from "../bridge.ts";
import { useRevision } from "../state/case.ts";
import { useQuery, type Query } from "../state/query.ts";
import type { TimeRange } from "../state/selection.ts";
import { drawn, extentOf, isCounter, withinExtent, type Drawn, type SeriesData } from "./series-data.ts";

/** Points of a chart: two a pixel on the widest screens, so that a resize asks nothing. */
const POINTS = 4_000;
/** Share of the range that is read beyond its ends, so that the curve runs through them. */
const MARGIN = 0.05;

export interface SeriesRead {
  readonly id: string;
  readonly data: Drawn;
  /** What the chart shows of it. */
  readonly range: TimeRange;
}

export const seriesId = ({ service, name }: SeriesKey): string => `${service ?? ""}\u0000${name}`;

interface Whole {
  readonly key: string;
  readonly data: SeriesData;
  readonly isCounter: boolean;
}

/**
 * @param range null for the whole series. Data is null when the series has no sample there.
 * @param perSecond how an anomaly on the chart was watched; null leaves it to the samples
 */
export function useSeries(
  key: SeriesKey,
  range: TimeRange | null,
  perSecond: boolean | null = null,
): Query<SeriesRead | null> {
  const revision = useRevision();
  const last = useRef<Whole>(null);
  const id = seriesId(key);
  const question = `${revision} ${range?.from ?? ""} ${range?.to ?? ""} ${perSecond} ${id}`;
  return useQuery(revision === null ? null : question, async () => {
    const read = (from: number | null, to: number | null) => call("series.read", { key, from, to, points: POINTS });
    const wholeKey = `${revision} ${id}`;
    if (last.current?.key !== wholeKey) {
      const data = await read(null, null);
      last.current = { key: wholeKey, data, isCounter: isCounter(data.values) };
    }
    const whole = last.current;
    const counter = perSecond ?? whole.isCounter;
    const extent = extentOf(whole.data);
    if (extent === null) return null;
    if (range === null) return { id, data: drawn(whole.data, counter), range: extent };
    const room = (range.to - range.from) * MARGIN;
    const part = await read(Math.floor(range.from - room), Math.ceil(range.to + room));
    if (part.times.length === 0) return null;
    return { id, data: drawn(part, counter), range: withinExtent(range, extent) };
  });
}
