/** Which series the metric strip shows. */
import { create } from "zustand";
import type { CallOutput, SeriesKey } from "../../shared/contract.ts";

export type SeriesInfo = CallOutput<"series.list">[number];
export type AnomalyInfo = CallOutput<"anomalies.list">[number];

/** The person's choice; null follows the strongest anomaly. */
export const useSeriesChoice = create<{ readonly chosen: SeriesKey | null }>(() => ({ chosen: null }));

export const chooseSeries = (chosen: SeriesKey | null): void => useSeriesChoice.setState({ chosen });

export const seriesId = ({ service, name }: SeriesKey): string => `${service ?? ""}\u0000${name}`;
export const seriesTitle = ({ service, name }: SeriesKey): string => (service === null ? name : `${service} ${name}`);

/** The strongest anomaly of a series, by how far it is beyond its own threshold. */
function strongest(anomalies: readonly AnomalyInfo[]): AnomalyInfo | null {
  return anomalies.reduce<AnomalyInfo | null>(
    (best, one) => (best === null || one.score / one.threshold > best.score / best.threshold ? one : best),
    null,
  );
}

/** The chosen series while the case has it; else that of the strongest anomaly; else the first. */
export function shownSeries(
  series: readonly SeriesInfo[],
  anomalies: readonly AnomalyInfo[],
  chosen: SeriesKey | null,
): SeriesInfo | null {
  const find = (id: string): SeriesInfo | undefined => series.find((one) => seriesId(one) === id);
  const peak = strongest(anomalies);
  return (
    (chosen === null ? undefined : find(seriesId(chosen))) ??
    (peak === null ? undefined : find(seriesId({ service: peak.service, name: peak.series }))) ??
    series[0] ??
    null
  );
}

export function baselineOf(
  series: SeriesKey,
  anomalies: readonly AnomalyInfo[],
): { mean: number; deviation: number } | null {
  const own = strongest(anomalies.filter((one) => one.service === series.service && one.series === series.name));
  return own === null ? null : { mean: own.baselineMean, deviation: own.baselineDeviation };
}
