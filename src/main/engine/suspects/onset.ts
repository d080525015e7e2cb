/**
 * When it began, and who failed first: the earliest departure of errors or latency that others agree with, not later
 * than the first alert. Of services that fail at about the same time, the one deepest in the graph failed first: its
 * callers suffer from it.
 */
import { micros, type Micros, MICROS_PER_MINUTE } from "../../../shared/units.ts";
import { departuresOf, extentOf, type Departure, type Extent } from "./onset/departures.ts";
import { ServiceGraph } from "./service-graph.ts";
import type { AlertSignal, Onset, ServiceBlame, Signals, TimeRange, Windows } from "./signals.ts";

export interface Beginning {
  readonly onset: Onset | null;
  /** Null when there is no onset to part the two. */
  readonly windows: Windows | null;
  /** All that left its normal, in the order of time. */
  readonly departures: readonly Departure[];
  /** Every service, likeliest first; empty without windows. */
  readonly blame: readonly ServiceBlame[];
  /** When each service that suffers began to; first one first. */
  readonly hurt: ReadonlyMap<string, Micros>;
  readonly extent: Extent | null;
  /** Services of which anything is measured, logged or traced. */
  readonly seen: ReadonlySet<string>;
  /** How far the onset may be off. */
  readonly slack: number;
  readonly graph: ServiceGraph;
}

/** What people name themselves; null is found from the data. */
export interface GivenWindows {
  readonly baseline: TimeRange | null;
  readonly incident: TimeRange | null;
}

/** A departure stands alone when no other follows within this. */
const AGREE = 10 * MICROS_PER_MINUTE;
/** Alone, it must be this clear. */
const CLEAR = 8;
/** A monitor looks at minutes: it may name a moment before its own samples do. */
const ALERT_SLACK = 2 * MICROS_PER_MINUTE;
/** Clocks of different machines. A sample of a metric may stand for the time up to the next one. */
const PRECISE = 10_000_000;
/** Services that begin to fail within this, or two samples, fail together. */
const TOGETHER = 90_000_000;

export function findBeginning(
  signals: Signals,
  given: GivenWindows,
  rank: (windows: Windows) => readonly ServiceBlame[],
  checkpoint: () => void,
): Beginning {
  const extent = extentOf(signals);
  const graph = new ServiceGraph(signals.dependencies);
  const seen = seenServices(signals);
  const none = {
    onset: null,
    windows: null,
    departures: [],
    blame: [],
    hurt: new Map<string, Micros>(),
    extent,
    seen,
    slack: PRECISE,
    graph,
  };
  if (extent === null) return none;
  const windows = windowsOf(given, extent);
  const departures = departuresOf(signals, windows, checkpoint);
  const symptoms = symptomsOf(departures, signals.alerts);
  const [alert] = signals.alerts.filter(({ time }) => time >= extent.from).toSorted((a, b) => a.time - b.time);
  const first = firstOf(symptoms, alert, windows);
  if (first === null) {
    if (windows === null) return { ...none, departures };
    const onset: Onset = {
      time: windows.incident.from,
      confidence: 0.3,
      reason: "No error or latency leaves its normal; the start of the incident as given.",
      service: null,
      place: null,
    };
    return { ...none, onset, windows, departures, blame: rank(windows) };
  }
  const hurt = hurtOf(symptoms, first.time);
  const parted = windows ?? {
    baseline: { from: micros(extent.from), to: first.time },
    incident: { from: first.time, to: micros(extent.to + 1) },
  };
  checkpoint();
  const blame = rank(parted);
  const service = firstService(hurt, graph, blame, alert, first);
  return {
    onset: onsetOf(first, symptoms, alert, service),
    windows: parted,
    departures,
    hurt,
    blame,
    extent,
    seen,
    slack: first.of === "metric" ? Math.max(PRECISE, first.step) : PRECISE,
    graph,
  };
}

function seenServices({ metrics, logs, spans }: Signals): Set<string> {
  const seen = new Set(spans.services);
  for (const { service } of [...metrics, ...logs]) if (service !== null) seen.add(service);
  return seen;
}

function windowsOf({ baseline, incident }: GivenWindows, extent: Extent): Windows | null {
  if (baseline === null && incident === null) return null;
  return {
    baseline: baseline ?? { from: micros(extent.from), to: incident?.from ?? micros(extent.to) },
    incident: incident ?? { from: baseline?.to ?? micros(extent.from), to: micros(extent.to + 1) },
  };
}

/** What an alert is about is a symptom by its monitor's own word, whatever it measures. */
function symptomsOf(departures: readonly Departure[], alerts: readonly AlertSignal[]): Departure[] {
  const watched = new Set(
    alerts.flatMap(({ service, fields }) =>
      fields.filter(([key]) => /metric|series/iu.test(key)).map(([, value]) => JSON.stringify([service, value])),
    ),
  );
  return departures.filter(
    ({ isSymptom, service, series }) => isSymptom || watched.has(JSON.stringify([service, series])),
  );
}

function firstOf(
  symptoms: readonly Departure[],
  alert: AlertSignal | undefined,
  windows: Windows | null,
): Departure | null {
  const latest = alert === undefined ? Number.POSITIVE_INFINITY : alert.time + ALERT_SLACK;
  const possible = symptoms.filter(
    ({ time }) => time <= latest && (windows === null || time >= windows.baseline.to || time >= windows.incident.from),
  );
  const agreed = possible.find(
    (one) =>
      one.size >= CLEAR ||
      possible.some((other) => other !== one && other.time >= one.time && other.time - one.time <= AGREE),
  );
  // An alert that came before everything that we see was early, not wrong.
  return agreed ?? possible[0] ?? symptoms[0] ?? null;
}

function hurtOf(symptoms: readonly Departure[], from: Micros): Map<string, Micros> {
  const hurt = new Map<string, Micros>();
  for (const { service, time } of symptoms) {
    if (service !== null && time >= from && !hurt.has(service)) hurt.set(service, time);
  }
  return hurt;
}

/** Merits of a service among those that failed together. */
const CALLS_ANOTHER = -1;
const ALERTED = 0.5;
const BLAMED_MOST = 1;
const FIRST_BY_A_SAMPLE = 0.75;

/**
 * A caller suffers from whom it calls; monitors watch what matters; who is first by more than a sample was first; and
 * who behaves least like itself did not only pass it on.
 */
function firstService(
  hurt: ReadonlyMap<string, Micros>,
  graph: ServiceGraph,
  blame: readonly ServiceBlame[],
  alert: AlertSignal | undefined,
  { time, step }: Departure,
): string | null {
  const within = time + Math.max(TOGETHER, 2 * step);
  const together = [...hurt].filter(([, since]) => since <= within).map(([service]) => service);
  const since = (service: string): number => hurt.get(service) ?? 0;
  const most = blame.find(({ service }) => together.includes(service))?.service;
  const merit = (service: string): number => {
    const others = together.filter((other) => other !== service);
    return (
      (others.some((other) => graph.reaches(service, other)) ? CALLS_ANOTHER : 0) +
      (service === alert?.service ? ALERTED : 0) +
      (service === most ? BLAMED_MOST : 0) +
      (others.every((other) => since(other) - since(service) > step) ? FIRST_BY_A_SAMPLE : 0)
    );
  };
  return together.toSorted((a, b) => merit(b) - merit(a) || since(a) - since(b))[0] ?? null;
}

function onsetOf(
  first: Departure,
  symptoms: readonly Departure[],
  alert: AlertSignal | undefined,
  service: string | null,
): Onset {
  const agreeing = symptoms.filter(({ time }) => time >= first.time && time - first.time <= AGREE);
  const clear = 1 - Math.exp(-first.size / CLEAR);
  const supported = 1 - 0.5 ** agreeing.length;
  const alerted = alert === undefined ? 0.9 : 1;
  const who = first.service === null ? "" : ` of ${first.service}`;
  const others = agreeing.length - 1;
  return {
    time: first.time,
    confidence: Math.round(clear * supported * alerted * 100) / 100,
    reason:
      `${first.series}${who} left ${first.of === "metric" ? "its normal" : "the usual rate"} here` +
      (others > 0 ? `, and ${others} other ${others === 1 ? "signal" : "signals"} within ten minutes` : "") +
      (alert === undefined ? "." : `; an alert fired at ${new Date(alert.time / 1_000).toISOString().slice(11, 19)}.`),
    service,
    place: first.place,
  };
}
