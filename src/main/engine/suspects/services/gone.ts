/**
 * Services that are gone, told by metrics: none of their series goes on while those of others do, or nobody reaches them
 * any more while those who call them go on. What is gone logs nothing, fails nothing and uses nothing; only its callers
 * show errors, and are excused by it.
 */
import { firstAfter } from "../../series/time-list.ts";
import { micros } from "../../../../shared/units.ts";
import type { ServiceGraph } from "../service-graph.ts";
import type { MetricSignal, Signals, Windows } from "../signals.ts";
import { figure, spanText } from "../text.ts";
import type { Finding } from "./finding.ts";
import type { MetricShift } from "./metric-shift.ts";
import { kindOf, type ResourceKind, weightOf } from "./resource-kind.ts";

/** Times the longest pause before: shorter ones are lost samples. */
const LEAST_RATIO = 3;
/** Samples at which half is believed of what they say of usual pauses; a series with fewer than these has none. */
const HALF_KNOWN = 8;
/** Half of that of what series stray by: what measures a service stops more often than the service does. */
const STEEPNESS = 1;
/** What stays where callers, or those that it alone calls, go on as if it were there, or where callers suffered before. */
const UNFELT = 0.25;
/** Of other services, those that go on, at least: when most pause, the recording did. */
const GOING_ON = 0.5;
/** Requests fell to this share of what they were, at most. */
const NEARLY_NONE = 0.1;
/** Those of another service were kept where they are more than this share of what they were. */
const KEPT = 0.5;
/** Where one caller alone called it, and nothing else, that caller may have failed before it called. */
const UNSURE = 0.5;

export function goneFindings(
  signals: Signals,
  shifts: readonly MetricShift[],
  graph: ServiceGraph,
  windows: Windows,
): Finding[] {
  const belief = (service: string, pause: Pause): number => beliefIn(service, pause, signals, shifts, graph);
  return [...silent(signals, windows, belief), ...unasked(shifts, graph)];
}

/** Between two samples of a series, or of all series of a service. */
interface Pause {
  readonly metric: MetricSignal;
  readonly from: number;
  readonly to: number;
  /** The longest one before the incident, and how many there were. */
  readonly usual: number;
  readonly known: number;
}

const lengthOf = ({ from, to }: Pause): number => Math.max(0, to - from);

function silent(signals: Signals, windows: Windows, belief: (service: string, pause: Pause) => number): Finding[] {
  const { metrics } = signals;
  const last = metrics.reduce((latest, { times }) => Math.max(latest, times.at(-1) ?? -Infinity), -Infinity);
  const end = Math.min(windows.incident.to, last);
  const services = new Map<string, Pause>();
  for (const metric of metrics) {
    const pause = metric.service === null ? null : pauseOf(metric, windows, end);
    if (metric.service === null || pause === null) continue;
    const known = services.get(metric.service);
    services.set(metric.service, known === undefined ? pause : inBoth(known, pause));
  }
  const pauses = [...services.values()];
  return [...services].flatMap(([service, pause]) => {
    const length = lengthOf(pause);
    const ratio = length / pause.usual;
    const others = pauses.filter((other) => other !== pause);
    const goingOn = others.filter((other) => lengthOf(other) < length / 2).length;
    if (pause.known < HALF_KNOWN || !(ratio >= LEAST_RATIO)) return [];
    if (goingOn === 0 || goingOn < GOING_ON * others.length || isActive(signals, service, pause)) return [];
    return [
      {
        service,
        strand: "errors",
        nats: STEEPNESS * Math.log(ratio) * (pause.known / (pause.known + HALF_KNOWN)) * belief(service, pause),
        since: micros(pause.from),
        resource: null,
        text: `Nothing is measured of it for ${spanText(length)}, while ${goingOn} other services go on; it never paused for more than ${spanText(pause.usual)} before`,
        place: pause.metric.place,
      },
    ];
  });
}

/**
 * Where nobody who calls it suffers, those who do began to while it was measured still, or those that it alone calls are
 * asked as before, only its measuring stopped.
 */
function beliefIn(
  service: string,
  pause: Pause,
  { metrics }: Signals,
  shifts: readonly MetricShift[],
  graph: ServiceGraph,
): number {
  const isOfCaller = ({ metric }: { readonly metric: MetricSignal }): boolean =>
    metric.service !== null && graph.callers(service).has(metric.service);
  const isWatched = metrics.some((metric) => isOfCaller({ metric }) && isHurt(kindOf(metric.name)));
  const [worst] = shifts
    .filter((shift) => isHurt(shift.kind) && isOfCaller(shift))
    .toSorted((one, other) => other.nats - one.nats);
  const isFelt = worst === undefined ? !isWatched : worst.time >= pause.from - pause.usual;
  const own = [...graph.callees(service)].filter((callee) => graph.callers(callee).size === 1);
  const asked = own.filter((callee) =>
    metrics.some((metric) => metric.service === callee && kindOf(metric.name) === "load"),
  );
  const isAskedLess = ({ metric, kind, rises }: MetricShift): boolean =>
    kind === "load" && !rises && metric.service !== null && asked.includes(metric.service);
  return isFelt && (asked.length === 0 || shifts.some(isAskedLess)) ? 1 : UNFELT;
}
const isHurt = (kind: ResourceKind): boolean => kind === "errors" || kind === "availability" || kind === "latency";

/** Whether it logs or answers all the same: then only its measuring stopped. */
function isActive({ logs, spans }: Signals, service: string, { from, to }: Pause): boolean {
  const isWithin = (time: number): boolean => time > from && time < to;
  const number = spans.services.indexOf(service);
  return (
    logs.some((log) => log.service === service && (firstAfter(log.times, from) ?? to) < to) ||
    (number >= 0 && spans.start.some((time, row) => spans.service[row] === number && isWithin(time)))
  );
}

/** The longest pause that reaches into the incident. Linear. */
function pauseOf(metric: MetricSignal, { incident }: Windows, end: number): Pause | null {
  const { times, values } = metric;
  let before = Number.NaN;
  let usual = 0;
  let known = 0;
  let from = end;
  let to = end;
  const longer = (start: number, stop: number): void => {
    if (stop - start > to - from) [from, to] = [start, stop];
  };
  for (let index = 0; index < times.length; index++) {
    const time = times[index] ?? 0;
    if (time > end) break;
    if (!Number.isFinite(values[index])) continue;
    if (time >= incident.from && !Number.isNaN(before)) longer(before, time);
    else if (time < incident.from && !Number.isNaN(before)) {
      usual = Math.max(usual, time - before);
      known++;
    }
    before = time;
  }
  if (Number.isNaN(before) || known === 0) return null;
  longer(before, end);
  return { metric, from, to, usual, known };
}

/** What two series of a service pause together; the steadier one tells what is usual. */
function inBoth(one: Pause, other: Pause): Pause {
  const steadier = other.usual < one.usual ? other : one;
  return { ...steadier, from: Math.max(one.from, other.from), to: Math.min(one.to, other.to) };
}

/**
 * Services that hardly anybody asks any more and that do nothing, though those who call them are asked as before. That
 * nobody asks alone says little: what people do changes, and callers that fail ask for less.
 */
function unasked(shifts: readonly MetricShift[], graph: ServiceGraph): Finding[] {
  /** Share of the requests that is left, by service whose requests changed. */
  const left = new Map<string, number>();
  const falls = new Map<string, MetricShift>();
  const idle = new Set<string>();
  for (const shift of shifts) {
    const { metric, kind, before, during } = shift;
    if (metric.service === null || !(before > 0)) continue;
    const isNearlyNone = during <= NEARLY_NONE * before;
    if (isNearlyNone && (kind === "cpu" || kind === "memory")) idle.add(metric.service);
    if (kind !== "load") continue;
    left.set(metric.service, Math.min(during / before, left.get(metric.service) ?? Infinity));
    if (isNearlyNone) falls.set(metric.service, shift);
  }
  const goesOn = (service: string): boolean => (left.get(service) ?? 1) >= KEPT;
  return [...falls].flatMap(([service, { metric, before, during, nats, time }]) => {
    const callers = [...graph.callers(service)];
    if (!idle.has(service) || callers.length === 0 || !callers.every(goesOn)) return [];
    const others = callers.flatMap((caller) => [...graph.callees(caller)].filter((other) => other !== service));
    const isSure = callers.length > 1 || others.some(goesOn);
    return [
      {
        service,
        strand: "errors",
        // A fall of load says little by itself; here it is what its callers lack.
        nats: (nats / weightOf("load", false)) * (isSure ? 1 : UNSURE),
        since: micros(time),
        resource: metric.name,
        text: `${metric.name} fell from ${figure(before)} to ${figure(during)}, and it does nothing, while those who call it are asked as before`,
        place: metric.place,
      },
    ];
  });
}
