/** The chart's answers from the engine: histogram, lanes, series. Each follows what it depends on and nothing else. */
import { useMemo } from "react";
import type { Histogram } from "../../shared/contract.ts";
import { unitOf } from "../../shared/model/metric-unit.ts";
import { call } from "../bridge.ts";
import { useRevision } from "../state/case.ts";
import { useQuery, type Query } from "../state/query.ts";
import { whole } from "../state/searching.ts";
import { useSelection, type TimeRange } from "../state/selection.ts";
import { withoutMuted } from "../state/without-muted.ts";
import { bucketsFor } from "./buckets.ts";
import { baselineOf, seriesId, shownSeries, useSeriesChoice, type SeriesInfo } from "./series.ts";
import type { StripData } from "./draw-strip.ts";
import type { LaneEvents } from "./marks.ts";
import { padded } from "./window.ts";

const BAR_PIXELS = 4;
/** More marks than this say nothing in a lane that is about twice as wide as a screen. */
const LANE_LIMIT = 800;

export function useHistogram(window: TimeRange | null, extent: TimeRange | null, pixels: number): Query<Histogram> {
  const revision = useRevision();
  // The bars count what the list below them holds.
  const filter = useSelection((state) => withoutMuted(state.filter, state.muted));
  const samples = useSelection((state) => state.samples);
  const asked =
    window === null || extent === null || pixels < 8 ? null : bucketsFor(window, extent, pixels, BAR_PIXELS);
  const key =
    asked === null || revision === null
      ? null
      : `${revision}|${asked.from}|${asked.to}|${asked.buckets}|${samples}|${filter}`;
  return useQuery(key, (show) => {
    const { from = 0, to = 1, buckets = 1 } = asked ?? {};
    const selection = { filter, samples, from, to };
    return whole(() => call("timeline.histogram", { selection, buckets, partial: true }), show);
  });
}

/** Events in the window and around it, so that a pan finds those that come into it; all where it is no part of the time. */
export function useLanes(window: TimeRange | null, isPart: boolean): Query<readonly LaneEvents[]> {
  const revision = useRevision();
  const filter = useSelection((state) => state.filter);
  const around = window === null || !isPart ? null : padded(window);
  const { from, to } = around ?? { from: null, to: null };
  const key = revision === null || window === null ? null : `${revision}|${from}|${to}|${filter}`;
  return useQuery(key, () =>
    call("timeline.lanes", { selection: { filter, samples: false, from, to }, limit: LANE_LIMIT }),
  );
}

const NO_SERIES = { series: [], anomalies: [] };

interface Strip {
  readonly all: readonly SeriesInfo[];
  readonly shown: SeriesInfo | null;
  readonly data: StripData | null;
}

export function useStrip(open: boolean, window: TimeRange | null, pixels: number): Strip {
  const revision = useRevision();
  const chosen = useSeriesChoice((state) => state.chosen);
  const list = useQuery(open && revision !== null ? `${revision}` : null, async () => ({
    series: await call("series.list", undefined),
    anomalies: await call("anomalies.list", { from: null, to: null }),
  }));
  const { series: all, anomalies } = list.data ?? NO_SERIES;
  const shown = shownSeries(all, anomalies, chosen);
  // Read in steps of the window's half, so that a pan does not read at every pixel.
  const asked = useMemo(() => (window === null ? null : padded(window)), [window]);
  const points = Math.max(2, Math.min(20_000, Math.round(pixels) * 4));
  const key =
    asked === null || shown === null ? null : `${revision}|${seriesId(shown)}|${asked.from}|${asked.to}|${points}`;
  const read = useQuery(key, async () => {
    if (asked === null || shown === null) throw new Error("asked without a series");
    const { service, name } = shown;
    const data = await call("series.read", { key: { service, name }, from: asked.from, to: asked.to, points });
    return { id: seriesId(shown), ...data };
  });
  const data = useMemo(() => {
    if (read.data === null || shown === null || read.data.id !== seriesId(shown)) return null;
    const unit = unitOf(shown.name);
    return { times: read.data.times, values: read.data.values, unit, baseline: baselineOf(shown, anomalies) };
  }, [read.data, shown, anomalies]);
  return { all, shown, data };
}
