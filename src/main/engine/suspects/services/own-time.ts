/**
 * Whose own time grew: the time in which a service works itself, and the time between a call and the service that is
 * called (network, queue, connection), which both ends share and of which the end is blamed whose other calls share it.
 */
import { medianAndSigma, median } from "../../series/statistics.ts";
import type { SpanSignals, Windows } from "../signals.ts";
import { referenceOf, Side } from "./reference.ts";
import { slowEnds, type End, type Slowing, type Where } from "./slow-ends.ts";
import { NONE, type Visits } from "./visits.ts";

export interface TimeChange {
  readonly service: string;
  /** What got slower. */
  readonly where: "own" | Where;
  /** The operation, or the services at the other ends. */
  readonly what: string;
  /** Median microseconds. */
  readonly before: number;
  readonly during: number;
  readonly spans: number;
  /** Standard errors. */
  readonly z: number;
  readonly nats: number;
  readonly time: number;
  /** The slowest span. */
  readonly row: number;
}

/** Work below this share of a request's usual duration is too little to be felt. */
const FELT = 0.005;
/** Spread of the logarithm of times that is expected before any is seen, and for how many spans that counts. */
const PRIOR_SPREAD = 0.5;
const PRIOR_WEIGHT = 4;
/** Variance of the mean from one stretch to the next that no number of spans takes away: 15 %. */
const DRIFT = 0.02;
/** Spans beyond this many deviations pull no harder. */
const CLIP = 6;
const LEAST_REFERENCE = 3;
/** Just before the incident: as long before it as it lasts. Fewer spans than this tell no normal of their own. */
const LEAST_RECENT = 5;
/** A span without children that mostly overlaps calls of the same visit waits for them. */
const WAITING = 0.5;

interface Group {
  readonly service: number;
  /** {@link NONE} for own work. */
  readonly callee: number;
  readonly operation: number;
  /** Logarithms of self time, and self time. */
  readonly reference: number[];
  readonly incident: number[];
  readonly before: number[];
  readonly during: number[];
  /** How many of the reference ran just before the incident; they are its last ones. */
  recent: number;
  slowest: number;
  first: number;
}

export function timeChanges(spans: SpanSignals, windows: Windows, visits: Visits): TimeChange[] {
  const groups = groupsOf(spans, windows, visits);
  const usualWay = usualOf(groups.filter(({ callee }) => callee !== NONE));
  const measured = groups.flatMap((group) => {
    const z = slowing(group, group.callee === NONE ? null : usualWay);
    return z === null ? [] : [{ group, z }];
  });
  // Where everything is slower, what they share is, and nobody for himself.
  const shared = Math.max(0, median(measured.map(({ z }) => z)));
  const slowings = measured.map(({ group, z }) => ({ group, z: z - shared }));
  const tests = Math.log(1 + slowings.length);
  const own = slowings
    .filter(({ group, z }) => group.callee === NONE && z > 0)
    .map((slow) => changeOf(spans, slow, tests));
  const edges = slowings.filter(({ group }) => group.callee !== NONE);
  return [...own, ...slowEnds(edges).flatMap((end) => endChange(spans, end, tests))].filter(({ nats }) => nats > 0);
}

function changeOf(spans: SpanSignals, { group, z }: Slowing<Group>, tests: number): TimeChange {
  return {
    service: spans.services[group.service] ?? "",
    where: "own",
    what: spans.operations[group.operation] ?? "",
    before: median(group.before),
    during: median(group.during),
    spans: group.during.length,
    z,
    nats: natsOf(z) - tests,
    time: group.first,
    row: group.slowest,
  };
}

/** −ln of the tail of a normal distribution, roughly. */
const natsOf = (z: number): number => (z <= 0 ? 0 : (z * z) / 2);

function endChange(spans: SpanSignals, { service, where, edges, z }: End<Group>, tests: number): TimeChange[] {
  const [worst] = edges;
  if (worst === undefined) return [];
  const others = new Set(
    edges.map(({ group }) => spans.services[group.service === service ? group.callee : group.service] ?? ""),
  );
  return [
    {
      ...changeOf(spans, worst, tests),
      service: spans.services[service] ?? "",
      where,
      what: [...others].join(", "),
      z,
      nats: natsOf(z) - tests,
    },
  ];
}

/** What ways have in common, whatever they join: the mean of their means, and the variance between them. */
interface Usual {
  readonly mean: number;
  readonly variance: number;
}

/** Fewer groups tell nothing usual. */
const LEAST_GROUPS = 5;

function usualOf(groups: readonly Group[]): Usual | null {
  const means = groups.flatMap(({ reference }) =>
    reference.length < LEAST_REFERENCE ? [] : [meanAndVariance(reference).mean],
  );
  return means.length < LEAST_GROUPS ? null : meanAndVariance(means);
}

/**
 * Null where there is too little to compare. What was as slow just before did not begin to be so now; a way
 * that nobody went before is held against what is usual among ways, as far as they are alike (empirical Bayes). Work
 * differs too much for that.
 */
function slowing({ reference, incident, recent }: Group, usual: Usual | null): number | null {
  if (reference.length < LEAST_REFERENCE) return usual === null ? null : slowerThanUsual(usual, incident);
  const all = slowerThan(reference, incident);
  if (all === null || recent < LEAST_RECENT) return all;
  return Math.min(all, slowerThan(reference.slice(-recent), incident) ?? all);
}

function slowerThanUsual({ mean, variance }: Usual, incident: readonly number[]): number | null {
  if (incident.length < LEAST_REFERENCE) return null;
  const during = meanAndVariance(incident);
  return (during.mean - mean) / Math.sqrt(variance + during.variance / incident.length + DRIFT);
}

function slowerThan(reference: readonly number[], incident: readonly number[]): number | null {
  if (incident.length === 0) return null;
  const { median: center, sigma } = medianAndSigma(reference);
  const reach = CLIP * Math.max(sigma, PRIOR_SPREAD / 2);
  const clipped = (value: number): number => Math.min(Math.max(value, center - reach), center + reach);
  const before = meanAndVariance(reference.map(clipped));
  const during = meanAndVariance(incident.map(clipped));
  const error = Math.sqrt(
    before.variance / reference.length + Math.max(before.variance, during.variance) / incident.length + DRIFT,
  );
  return (during.mean - before.mean) / error;
}

function meanAndVariance(values: readonly number[]): { mean: number; variance: number } {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const squares = values.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  return { mean, variance: (squares + PRIOR_WEIGHT * PRIOR_SPREAD ** 2) / (values.length + PRIOR_WEIGHT) };
}

function groupsOf(spans: SpanSignals, windows: Windows, visits: Visits): Group[] {
  const reference = referenceOf(spans.start, windows);
  const callees = calleesOf(spans);
  const waits = waitingOf(spans, visits, callees);
  const least = leastFelt(spans);
  const justBefore = 2 * windows.incident.from - windows.incident.to;
  const groups = new Map<string, Group>();
  for (let row = 0; row < spans.count; row++) {
    const start = spans.start[row] ?? 0;
    const side = reference.side(start);
    const service = spans.service[row] ?? NONE;
    if (side === Side.neither || service === NONE || waits[row] === 1) continue;
    const callee = callees[row] ?? NONE;
    const operation = spans.operation[row] ?? 0;
    const key = callee === NONE ? `${service} ${operation}` : `${service}>${callee}`;
    let group = groups.get(key);
    if (group === undefined) {
      group = {
        service,
        callee,
        operation,
        reference: [],
        incident: [],
        before: [],
        during: [],
        recent: 0,
        slowest: row,
        first: start,
      };
      groups.set(key, group);
    }
    const self = spans.self[row] ?? 0;
    const log = Math.log(self + least);
    if (side === Side.reference) {
      group.reference.push(log);
      group.before.push(self);
      if (start < windows.incident.from && start >= justBefore) group.recent++;
      continue;
    }
    if (group.incident.length === 0) group.first = start;
    if (group.incident.length === 0 || self > (spans.self[group.slowest] ?? 0)) group.slowest = row;
    group.incident.push(log);
    group.during.push(self);
  }
  return [...groups.values()];
}

/** Of each span: the other service that it calls, {@link NONE} where it calls none. */
function calleesOf({ count, parent, service }: SpanSignals): Uint32Array {
  const callees = new Uint32Array(count).fill(NONE);
  for (let row = 0; row < count; row++) {
    const above = parent[row] ?? NONE;
    const own = service[row] ?? NONE;
    if (above !== NONE && own !== NONE && service[above] !== own) callees[above] = own;
  }
  return callees;
}

/** 1 for spans that do nothing but wait for calls which run beside them, as reactive servers show it. */
function waitingOf({ count, start, duration, parent }: SpanSignals, visits: Visits, callees: Uint32Array): Uint8Array {
  const hasChild = new Uint8Array(count);
  const calls = new Map<number, number[]>();
  for (let row = 0; row < count; row++) {
    const above = parent[row] ?? NONE;
    if (above !== NONE) hasChild[above] = 1;
    if (callees[row] === NONE) continue;
    const visit = visits.of[row] ?? NONE;
    const known = calls.get(visit);
    if (known === undefined) calls.set(visit, [row]);
    else known.push(row);
  }
  const waits = new Uint8Array(count);
  for (let row = 0; row < count; row++) {
    if (hasChild[row] === 1) continue;
    const from = start[row] ?? 0;
    const to = from + (duration[row] ?? 0);
    let covered = 0;
    for (const call of calls.get(visits.of[row] ?? NONE) ?? []) {
      const begin = start[call] ?? 0;
      covered += Math.max(0, Math.min(to, begin + (duration[call] ?? 0)) - Math.max(from, begin));
    }
    if (covered > WAITING * (to - from)) waits[row] = 1;
  }
  return waits;
}

function leastFelt({ count, parent, duration }: SpanSignals): number {
  const roots: number[] = [];
  for (let row = 0; row < count; row++) if (parent[row] === NONE) roots.push(duration[row] ?? 0);
  return Math.max(1, median(roots) * FELT);
}
