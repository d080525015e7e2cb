/** What the traces say of each service: whose behaviour changed first, and whose own time grew. */
import { micros, MICROS_PER_MILLISECOND } from "../../../../shared/units.ts";
import type { Signals, SpanSignals, Windows } from "../signals.ts";
import { figure, list } from "../text.ts";
import { behaviourOf, type Behaviour, type BehaviourChange } from "./behaviour.ts";
import { bounded, type Finding } from "./finding.ts";
import { timeChanges, type TimeChange } from "./own-time.ts";
import type { Unreached } from "./unreached.ts";
import { NONE, visitsOf } from "./visits.ts";

/** What stays of an oddity that never comes first in its traces: something before it made it. */
const NEVER_FIRST = 0.2;

export function traceFindings(signals: Signals, windows: Windows, checkpoint: () => void): Finding[] {
  const { spans } = signals;
  if (spans.count === 0) return [];
  const visits = visitsOf(spans);
  checkpoint();
  const behaviour = behaviourOf(signals, windows, visits, checkpoint);
  checkpoint();
  return [
    ...behaviour.changes.map((change) => behaviourFinding(spans, behaviour, change)),
    ...behaviour.unreached.map((unreached) => unreachedFinding(unreached, windows)),
    ...timeChanges(spans, windows, visits).map((change) => timeFinding(spans, change)),
  ];
}

function behaviourFinding(spans: SpanSignals, { traces, unreached }: Behaviour, change: BehaviourChange): Finding {
  const isExcused = unreached.some(({ callers, isCertain }) => isCertain && callers.includes(change.service));
  const { unusual, first } = traces.get(change.service) ?? { unusual: 0, first: 0 };
  const share = unusual === 0 ? 0 : first / unusual;
  const order = unusual === 0 ? "" : `; it is the first oddity in ${first} of ${unusual} traces`;
  return {
    service: change.service,
    strand: "behaviour",
    nats: bounded(change.shift.nats) * (isExcused ? NEVER_FIRST : NEVER_FIRST + (1 - NEVER_FIRST) * share),
    since: Number.isNaN(change.time) ? null : micros(change.time),
    resource: null,
    text: `${sentenceOf(change)}${order}`,
    ...placeOfSpan(spans, change.row),
  };
}

function unreachedFinding({ service, callers, expected, observed, nats }: Unreached, { incident }: Windows): Finding {
  return {
    service,
    strand: "behaviour",
    nats: bounded(nats),
    since: incident.from,
    resource: null,
    text: `${list(callers)} would have called it in ${figure(expected)} requests and did in ${observed}, and it shows no work of its own`,
    place: null,
  };
}

function sentenceOf({ operation, item, shift }: BehaviourChange): string {
  const { before, beforeOf, during, duringOf } = shift;
  const counts = `${during} of ${duringOf} requests, ${before} of ${beforeOf} before`;
  if (item === null) return `${operation} fails by itself in ${counts}`;
  if (item.kind === "failure") return `spans of ${operation} fail in ${counts}`;
  if (item.kind === "quick") return `${operation} does far less than usual in ${counts}`;
  if (item.kind === "log") return `${operation} logs "${shortened(item.text)}" in ${counts}`;
  if (item.kind === "call") return `${operation} calls ${item.callee ?? "another service"} in ${counts}`;
  return `${operation} runs ${item.text} in ${counts}`;
}

const LONGEST = 120;
const shortened = (text: string): string => (text.length <= LONGEST ? text : `${text.slice(0, LONGEST - 1)}…`);

function timeFinding(spans: SpanSignals, change: TimeChange): Finding {
  const { where, what, before, during, nats, service, tail } = change;
  const subject = {
    own: `own time of ${what}`,
    called: `time on the way to it and back from ${what}`,
    calling: `time on the way from it and back to ${what}`,
    around: `time on the way between it and ${what}`,
  }[where];
  return {
    service,
    strand: "time",
    nats: bounded(nats),
    since: micros(change.time),
    resource: null,
    text:
      tail === null
        ? `${subject} went from ${milliseconds(before)} to ${milliseconds(during)} (p50, ${change.spans} spans)`
        : `${subject} was far longer than usual in ${tail.during} of ${tail.duringOf} spans, ${tail.before} of ${tail.beforeOf} before`,
    ...placeOfSpan(spans, change.row),
  };
}

const milliseconds = (time: number): string => `${figure(time / MICROS_PER_MILLISECOND)} ms`;

function placeOfSpan(spans: SpanSignals, row: number): Pick<Finding, "place" | "spanId"> {
  if (row === NONE) return { place: null };
  return { place: spans.place(row), spanId: spans.spanId(row) ?? undefined };
}
