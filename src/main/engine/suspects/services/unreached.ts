/**
 * Who is called in vain and does nothing any more: a service that died leaves no failed spans of its own, only callers
 * that fail, and calls without an answer.
 */
import { countWithin } from "./reference.ts";
import type { Signals, TimeRange } from "../signals.ts";
import { leafCode, type VisitItems } from "./visit-items.ts";
import type { Comparison } from "./visit-shares.ts";
import { NONE } from "./visits.ts";

export interface Unreached {
  readonly service: string;
  readonly callers: readonly string[];
  /** Failed visits of the incident that would have called it by the shares of the reference. */
  readonly expected: number;
  /** Of them, those that did. */
  readonly observed: number;
  readonly nats: number;
  /** Whether the calls are seen to fail, and not only their callers. */
  readonly isCertain: boolean;
}

/** Fewer expected calls are an accident. */
const LEAST_EXPECTED = 5;
/** Calls that are made in fewer visits than this depend on what is asked for. */
const LEAST_SHARE = 0.3;
/** Beyond this share of the expected calls the service is there. */
const STILL_THERE = 0.2;
/** Where no client's span shows the call, the caller may as well have failed before it. */
const UNSEEN = 0.5;

interface Calls {
  readonly callers: Set<string>;
  expected: number;
  observed: number;
  /** Visits in which the client's span stands without an answer. */
  unanswered: number;
  /** Visits in which a client's span would show it. */
  shown: number;
}

export function unreachedServices(
  signals: Signals,
  incident: TimeRange,
  happened: VisitItems,
  compared: Comparison,
): Unreached[] {
  const found: Unreached[] = [];
  for (const [service, calls] of callsOf(signals, happened, compared)) {
    const { callers, expected, observed, unanswered, shown } = calls;
    const missing = expected - observed;
    if (expected < LEAST_EXPECTED || observed > STILL_THERE * expected) continue;
    const isShown = shown > missing / 2;
    // The client's span is missing with the call: the caller did not come to it.
    if (isShown && unanswered < missing / 2) continue;
    if (isActive(signals, service, incident, expected)) continue;
    const surprise = (observed === 0 ? 0 : observed * Math.log(observed / expected)) + missing;
    const isCertain = isShown || callers.size > 1;
    const nats = surprise * (isCertain ? 1 : UNSEEN);
    found.push({ service, callers: [...callers], expected, observed, nats, isCertain });
  }
  return found;
}

/** What the failed visits of the incident would have called. */
function callsOf({ spans }: Signals, happened: VisitItems, compared: Comparison): Map<string, Calls> {
  const { contexts, contextOf, stretchOf, stretches, codeOf } = compared;
  const failed = new Map<number, number[]>();
  for (const [visit, context] of contextOf.entries()) {
    if (stretchOf[visit] !== stretches || Number.isNaN(happened.failedAt[visit] ?? Number.NaN)) continue;
    const known = failed.get(context);
    if (known === undefined) failed.set(context, [visit]);
    else known.push(visit);
  }
  const made = new Map<number, number>();
  const { occurrences } = happened;
  for (let at = 0; at < occurrences.count; at++) {
    const visit = occurrences.visit[at] ?? 0;
    const item = occurrences.item[at] ?? 0;
    if (stretchOf[visit] !== stretches || Number.isNaN(happened.failedAt[visit] ?? Number.NaN)) continue;
    const code = codeOf(contextOf[visit] ?? 0, item);
    made.set(code, (made.get(code) ?? 0) + 1);
  }
  const calls = new Map<string, Calls>();
  for (const [context, visits] of failed) {
    const { service, items, sound } = contexts[context] ?? { service: NONE, items: [], sound: new Float64Array(1) };
    const before = sumBut(sound, stretches);
    for (const [item, counts] of items) {
      const { kind, callee, via = NONE } = happened.items[item] ?? {};
      const share = before === 0 ? 0 : sumBut(counts, stretches) / before;
      if (kind !== "call" || callee === undefined || callee === null || share < LEAST_SHARE) continue;
      const known = calls.get(callee) ?? { callers: new Set(), expected: 0, observed: 0, unanswered: 0, shown: 0 };
      known.expected += share * visits.length;
      known.observed += made.get(codeOf(context, item)) ?? 0;
      if (via !== NONE) {
        known.shown += share * visits.length;
        known.unanswered += visits.filter((visit) => happened.leaves.has(leafCode(visit, via))).length;
      }
      if (service !== NONE) known.callers.add(spans.services[service] ?? "");
      calls.set(callee, known);
    }
  }
  return calls;
}

const sumBut = (counts: Float64Array, last: number): number =>
  counts.subarray(0, last).reduce((sum, count) => sum + count, 0);

/** Whether its own logs or spans go on. */
function isActive({ logs, spans }: Signals, service: string, { from, to }: TimeRange, expected: number): boolean {
  const number = spans.services.indexOf(service);
  let signs = 0;
  for (let row = 0; row < spans.count; row++) {
    const start = spans.start[row] ?? 0;
    if (spans.service[row] === number && start >= from && start < to) signs++;
  }
  for (const log of logs) if (log.service === service) signs += countWithin(log.times, { from, to });
  return signs > STILL_THERE * expected;
}
