/** What the view of anomalies shows, and the ways to an anomaly from anywhere. */
import { create } from "zustand";
import type { SeriesKey } from "../../shared/contract.ts";
import type { Severity } from "../../shared/model/severity.ts";
import { call } from "../bridge.ts";
import { useCase } from "../state/case.ts";
import { homeOf } from "../state/home.ts";
import { focusOn, locate, useFocus } from "../state/focus.ts";
import { useLayout } from "../state/layout.ts";
import { useQuery, type Query } from "../state/query.ts";
import { goTo, listedRange, look, useSelection, type TimeRange } from "../state/selection.ts";
import { neighbour, ranked, type Anomaly, type AnomalyOrder, type Ranked } from "./ranking.ts";
import { scopeOf } from "./scope.ts";
import { around } from "./series-data.ts";

/** What the chart shows. */
export type Charted =
  | { readonly type: "anomaly"; readonly id: number }
  | { readonly type: "series"; readonly key: SeriesKey };

interface AnomaliesState {
  readonly tab: "anomalies" | "series";
  readonly order: AnomalyOrder;
  readonly atLeast: Severity;
  readonly service: string | null;
  readonly method: string | null;
  /** Whether what lies outside of the filter and the range is listed too, behind the rest. */
  readonly outsideToo: boolean;
  /** What the list of series is searched for. */
  readonly typed: string;
  readonly charted: Charted | null;
  /** Stretch on the chart; null is the whole series. */
  readonly range: TimeRange | null;
  /** Rows instead of a curve. */
  readonly asTable: boolean;
}

const START: AnomaliesState = {
  tab: "anomalies",
  order: "severity",
  atLeast: "INFO",
  service: null,
  method: null,
  outsideToo: false,
  typed: "",
  charted: null,
  range: null,
  asTable: false,
};

export const useAnomalies = create<AnomaliesState>(() => START);

const { setState: set, getState: get } = useAnomalies;

/** Another case has other anomalies. */
export const forgetAnomalies = (): void => set(START);

let known: { readonly key: string; readonly answer: Promise<readonly Anomaly[]> } | null = null;

/** All anomalies of the open case, asked for once a revision. */
export function readAnomalies(): Promise<readonly Anomaly[]> {
  const { info } = useCase.getState();
  const key = `${info?.revision ?? ""} ${info?.file ?? ""}`;
  if (known?.key === key) return known.answer;
  const asked = { key, answer: call("anomalies.list", { from: null, to: null }) };
  known = asked;
  asked.answer.catch(() => {
    if (known === asked) known = null;
  });
  return asked.answer;
}

export function useAllAnomalies(): Query<readonly Anomaly[]> {
  const key = useCase(({ info }) => (info === null ? null : `${info.revision} ${info.file}`));
  return useQuery(key, readAnomalies);
}

/** The anomalies by what is chosen and looked at right now. */
export function rankedNow(anomalies: readonly Anomaly[]): Ranked {
  const selection = useSelection.getState();
  return ranked(anomalies, get(), { range: listedRange(selection), fits: scopeOf(selection.filter).fits });
}

/** What the case covers in time, but for a few records far away. */
function limitsOfCase(): TimeRange | null {
  const home = homeOf(useCase.getState().info);
  return home === null ? null : { from: home.from, to: home.to + 1 };
}

export const rangeAround = (anomaly: Anomaly): TimeRange => around(anomaly, limitsOfCase());

/** Charts an anomaly and puts it in focus. */
export function showAnomaly(anomaly: Anomaly): void {
  const { charted } = get();
  const again = charted?.type === "anomaly" && charted.id === anomaly.id;
  set({ charted: { type: "anomaly", id: anomaly.id }, ...(again ? {} : { range: rangeAround(anomaly) }) });
  focusOn({ type: "anomaly", id: anomaly.id }, anomaly.peakTime);
}

export const showSeries = (key: SeriesKey): void => set({ charted: { type: "series", key }, range: null });

/** Charts an anomaly in this view from wherever the person is. */
export function openAnomaly(anomaly: Anomaly): void {
  goTo({ view: "anomalies" });
  set({ tab: "anomalies" });
  showAnomaly(anomaly);
}

/** The next or previous anomaly in time; outside of this view its event comes into sight on the timeline. */
export async function stepAnomaly(step: 1 | -1): Promise<void> {
  const anomalies = await readAnomalies();
  const inView = useLayout.getState().view === "anomalies";
  const { focusTime, listTime } = useFocus.getState();
  const next = neighbour(anomalies, { id: await currentId(anomalies, inView), time: focusTime ?? listTime }, step);
  if (next === null) return;
  showAnomaly(next);
  if (inView) return;
  const { window } = useSelection.getState();
  const isInSight = window === null || (next.time >= window.from && next.time < window.to);
  look(isInSight ? { brush: null } : { window: rangeAround(next), brush: null });
  await putInSight(next);
}

/** The anomaly that a step begins at: the one in focus, also by its event, or the one on the chart. */
async function currentId(anomalies: readonly Anomaly[], inView: boolean): Promise<number | null> {
  const { focus } = useFocus.getState();
  if (focus?.type === "anomaly") return focus.id;
  if (focus?.type === "event") {
    const event = await call("events.get", { id: focus.id });
    const told = anomalies.find(({ fingerprint }) => fingerprint === event?.fingerprint);
    if (told !== undefined) return told.id;
  }
  const { charted } = get();
  return inView && charted?.type === "anomaly" ? charted.id : null;
}

/** The timeline around an anomaly, at its event where the list has one. */
export async function showOnTimeline(anomaly: Anomaly): Promise<void> {
  goTo({ view: "timeline", window: rangeAround(anomaly), brush: null });
  await putInSight(anomaly);
}

async function putInSight(anomaly: Anomaly): Promise<void> {
  const event = await eventOf(anomaly);
  if (event === null) {
    focusOn({ type: "anomaly", id: anomaly.id }, anomaly.peakTime);
    locate({ time: anomaly.time });
  } else {
    focusOn({ type: "event", id: event }, anomaly.time);
    locate({ ref: `e${event}` });
  }
}

/** An anomaly and the event that tells of it carry the same fingerprint. */
async function eventOf({ time, fingerprint }: Anomaly): Promise<number | null> {
  const { items } = await call("events.list", {
    filter: { kind: "metric-anomaly", from: time, to: time + 1 },
    limit: 1_000,
    after: null,
  });
  return items.find((event) => event.fingerprint === fingerprint)?.id ?? null;
}
