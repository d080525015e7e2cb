/**
 * When it began, and who failed first: the earliest departure of errors or latency that others agree with, not later
 * than the first alert. Of services that fail at about the same time, the one deepest in the graph failed first: its
 * callers suffer from it.
 */
import { micros, type Micros, MICROS_PER_MINUTE, MICROS_PER_SECOND } from "../../../shared/units.ts";
import type { Departure } from "./onset/departure.ts";
import { departuresOf, extentOf, type Extent } from "./onset/departures.ts";
import { firstService } from "./onset/first-service.ts";
import { AGREE, agreeIn, alertOfIncident, CLEAR, firstOf, symptomsOf } from "./onset/first-symptom.ts";
import { departuresWithin, keptPart } from "./onset/kept-part.ts";
import { ServiceGraph } from "./service-graph.ts";
import { likelyWindows, rankingWindows } from "./services/likely-windows.ts";
import { spanText } from "./text.ts";
import type { AlertSignal, Onset, ServiceBlame, Signals, TimeRange, Windows } from "./signals.ts";

export interface Beginning {
  readonly onset: Onset | null;
  /** Those that services are ranked by. Null when there is no onset to part the two. */
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

/** Clocks of different machines. A sample of a metric may stand for the time up to the next one. */
const PRECISE = 10_000_000;

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
  const alerts = signals.alerts.filter(({ time }) => time >= extent.from).toSorted((a, b) => a.time - b.time);
  const departuresAround = (alert: AlertSignal | undefined): Departure[] =>
    departuresOf(signals, windows, alertWindows(alert, extent), checkpoint);
  const alert = alerts.length < 2 ? alerts[0] : alertOfIncident(alerts, departuresAround(undefined));
  const departures = departuresAround(alert);
  const part = windows === null ? keptPart(signals, extent) : extent;
  const symptoms = symptomsOf(departuresWithin(departures, part), signals.alerts);
  const first = firstOf(symptoms, alert, windows, part);
  if (first === null) {
    // Every service is ranked all the same: by the last part of the data against what was before.
    if (windows === null) return { ...none, departures, blame: rank(rankingWindows(signals, lastPart(extent))) };
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
  const found = {
    baseline: { from: micros(extent.from), to: first.time },
    incident: { from: first.time, to: micros((first.time < part.to ? part.to : extent.to) + 1) },
  };
  // One signal alone tells no windows where neither an alert nor the length of the data bears it out.
  const isAlone = alert === undefined && part !== extent && agreeingWith(first, symptoms, agreeIn(part)).length === 1;
  const parted = windows ?? (isAlone ? likelyWindows(signals) : null) ?? rankingWindows(signals, found);
  checkpoint();
  const blame = rank(parted);
  const service = firstService(hurt, graph, blame, alert, first);
  return {
    onset: onsetOf(first, symptoms, alert, service, failedTogether(first, service, hurt, graph)),
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

/** Data over more than this hides a short incident: it has no level of its own there. */
const LONG = 360 * MICROS_PER_MINUTE;
const DAY = 1_440 * MICROS_PER_MINUTE;

/** Around an alert, and the day before. */
function alertWindows(alert: AlertSignal | undefined, { from, to }: Extent): Windows | null {
  if (alert === undefined || to - from < LONG) return null;
  const until = alert.time - 30 * MICROS_PER_MINUTE;
  if (until <= from) return null;
  return {
    baseline: { from: micros(Math.max(from, until - DAY)), to: micros(until) },
    incident: {
      from: micros(alert.time - 10 * MICROS_PER_MINUTE),
      to: micros(Math.min(to + 1, alert.time + 20 * MICROS_PER_MINUTE)),
    },
  };
}

function lastPart({ from, to }: Extent): Windows {
  const parting = micros(Math.round(from + ((to - from) * 2) / 3));
  return { baseline: { from: micros(from), to: parting }, incident: { from: parting, to: micros(to + 1) } };
}

function windowsOf({ baseline, incident }: GivenWindows, extent: Extent): Windows | null {
  if (baseline === null && incident === null) return null;
  return {
    baseline: baseline ?? { from: micros(extent.from), to: incident?.from ?? micros(extent.to) },
    incident: incident ?? { from: baseline?.to ?? micros(extent.from), to: micros(extent.to + 1) },
  };
}

function hurtOf(symptoms: readonly Departure[], from: Micros): Map<string, Micros> {
  const hurt = new Map<string, Micros>();
  for (const { service, time } of symptoms) {
    if (service !== null && time >= from && !hurt.has(service)) hurt.set(service, time);
  }
  return hurt;
}

/** The symptom itself among them. */
const agreeingWith = (first: Departure, symptoms: readonly Departure[], within: number): readonly Departure[] =>
  symptoms.filter(({ time }) => time >= first.time && time - first.time <= within);

/** Where the first sign is at another service than the one that counts as first: why both are true. */
export function failedTogether(
  first: Pick<Departure, "service" | "time">,
  service: string | null,
  hurt: ReadonlyMap<string, Micros>,
  graph: Pick<ServiceGraph, "reaches">,
): string {
  if (service === null || first.service === null || service === first.service) return "";
  const later = (hurt.get(service) ?? first.time) - first.time;
  const when =
    later < MICROS_PER_SECOND ? "within the same second" : `${spanText(later)} later, at about the same time`;
  return graph.reaches(first.service, service)
    ? ` ${service}, which ${first.service} calls, failed ${when}: its callers suffer from it.`
    : ` ${service} failed ${when}, and more of what it does left its normal.`;
}

function onsetOf(
  first: Departure,
  symptoms: readonly Departure[],
  alert: AlertSignal | undefined,
  service: string | null,
  together: string,
): Onset {
  const agreeing = agreeingWith(first, symptoms, AGREE);
  const clear = 1 - Math.exp(-first.size / CLEAR);
  const supported = 1 - 0.5 ** agreeing.length;
  const alerted = alert === undefined ? 0.9 : 1;
  const who = first.service === null ? "" : ` of ${first.service}`;
  const others = agreeing.length - 1;
  return {
    time: first.time,
    confidence: Math.round(clear * supported * alerted * 100) / 100,
    reason:
      `${first.series}${who} left ${first.of === "metric" || first.family === "latency" ? "its normal" : "the usual rate"} here` +
      (others > 0 ? `, and ${others} other ${others === 1 ? "signal" : "signals"} within ten minutes` : "") +
      (alert === undefined ? "." : `; an alert fired at ${new Date(alert.time / 1_000).toISOString().slice(11, 19)}.`) +
      together,
    service,
    place: first.place,
  };
}
