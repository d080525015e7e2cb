/**
 * Whose own time grew: the time in which a service works itself, and the time between a call and the service that is
 * called (network, queue, connection), which both ends share and of which the end is blamed whose other calls share it.
 */
import { median } from "../../series/statistics.ts";
import type { SpanSignals, Windows } from "../signals.ts";
import { referenceOf, Side } from "./reference.ts";
import { slowEnds, type End, type Slowing, type Where } from "./slow-ends.ts";
import { slowTail, type SlowTail, type TracedTimes } from "./slow-tail.ts";
import { slowing, usualOf } from "./slowing.ts";
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
  /** Where a few are far slower, rather than all a little. */
  readonly tail: SlowTail | null;
  /** Standard errors. */
  readonly z: number;
  readonly nats: number;
  readonly time: number;
  /** The slowest span. */
  readonly row: number;
}

/** Work below this share of a request's usual duration is too little to be felt. */
const FELT = 0.005;
/** A span without children that mostly overlaps calls of the same visit waits for them. */
const WAITING = 0.5;

interface Group extends TracedTimes {
  readonly service: number;
  /** {@link NONE} for own work. */
  readonly callee: number;
  readonly operation: number;
  /** Logarithms of self time, and self time. */
  readonly reference: number[];
  readonly incident: number[];
  readonly before: number[];
  readonly during: number[];
  readonly referenceTraces: number[];
  readonly incidentTraces: number[];
  recent: number;
  slowest: number;
  first: number;
}

/** Slower on the whole, or by its tail. */
interface Slowed extends Slowing<Group> {
  readonly tail: SlowTail | null;
}

export function timeChanges(spans: SpanSignals, windows: Windows, visits: Visits): TimeChange[] {
  const groups = groupsOf(spans, windows, visits);
  const usualWay = usualOf(groups.filter(({ callee }) => callee !== NONE));
  const measured = groups.flatMap((group) => {
    const z = slowing(group, group.callee === NONE ? null : usualWay);
    return z === null ? [] : [{ group, z, tail: slowTail(group) }];
  });
  // Where everything is slower, what they share is, and nobody for himself.
  const shared = Math.max(0, median(measured.map(({ z }) => z)));
  const sharedTail = median(measured.map(({ tail }) => tail?.z ?? 0));
  const slowings: Slowed[] = measured.map(({ group, z, tail }) =>
    tail !== null && tail.z - sharedTail > z - shared
      ? { group, z: tail.z - sharedTail, tail }
      : { group, z: z - shared, tail: null },
  );
  const tests = Math.log(1 + slowings.length);
  const own = slowings
    .filter(({ group, z }) => group.callee === NONE && z > 0)
    .map((slow) => changeOf(spans, slow, tests));
  const edges = slowings.filter(({ group }) => group.callee !== NONE);
  return [...own, ...slowEnds(edges).flatMap((end) => endChange(spans, end, tests))].filter(({ nats }) => nats > 0);
}

function changeOf(spans: SpanSignals, { group, z, tail }: Slowed, tests: number): TimeChange {
  return {
    service: spans.services[group.service] ?? "",
    where: "own",
    what: spans.operations[group.operation] ?? "",
    before: median(group.before),
    during: median(group.during),
    spans: group.during.length,
    tail,
    z,
    nats: natsOf(z) - tests,
    time: group.first,
    row: group.slowest,
  };
}

/** −ln of the tail of a normal distribution, roughly. */
const natsOf = (z: number): number => (z <= 0 ? 0 : (z * z) / 2);

function endChange(spans: SpanSignals, { service, where, edges, z }: End<Slowed>, tests: number): TimeChange[] {
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
        referenceTraces: [],
        incidentTraces: [],
        recent: 0,
        slowest: row,
        first: start,
      };
      groups.set(key, group);
    }
    const self = spans.self[row] ?? 0;
    const log = Math.log(self + least);
    const trace = visits.root[visits.of[row] ?? NONE] ?? NONE;
    if (side === Side.reference) {
      group.referenceTraces.push(trace);
      group.reference.push(log);
      group.before.push(self);
      if (start < windows.incident.from && start >= justBefore) group.recent++;
      continue;
    }
    if (group.incident.length === 0) group.first = start;
    if (group.incident.length === 0 || self > (spans.self[group.slowest] ?? 0)) group.slowest = row;
    group.incident.push(log);
    group.incidentTraces.push(trace);
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
