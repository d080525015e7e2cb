/** What happens in each visit: what it logs, what it calls, what it runs, and whether it failed by itself. */
import { Level } from "../../../../shared/model/level.ts";
import type { LogSignal, Signals, SpanSignals } from "../signals.ts";
import { type ComparedVisits, NOT_COMPARED } from "./compared-visits.ts";
import { OccurrenceList, type Occurrences } from "./occurrences.ts";
import { NONE, type Visits } from "./visits.ts";

/** `failure`: a span that failed, whatever is logged; `quick`: far less work than usual. */
type ItemKind = "log" | "call" | "operation" | "failure" | "quick";

/** Something that a visit may hold. */
export interface Item {
  readonly kind: ItemKind;
  /** A template, or the operation called or run. */
  readonly text: string;
  /** The service called. */
  readonly callee: string | null;
  readonly log: LogSignal | null;
  /** Whether it tells of a failure by itself: a log of level error, an operation that serves errors. */
  readonly tellsFailure: boolean;
  /**
   * Of a call: the operation of the client's span, as number; {@link NONE} where the caller's own span calls.
   * Absent of other items.
   */
  readonly via?: number | undefined;
}

export interface VisitItems {
  readonly items: readonly Item[];
  /** Each item at most once a visit, the first time it happens. Of a call, when it began. */
  readonly occurrences: Occurrences;
  /** Of each visit: when it first told of a failure, NaN where it did not. */
  readonly failedAt: Float64Array;
  /** Of each visit: 1 where a visit that it called, over others too, failed. */
  readonly failedBelow: Uint8Array;
  /** Of visits that failed: spans that have no children, as visit and operation in one number ({@link leafCode}), and how many of them. */
  readonly leaves: ReadonlyMap<number, number>;
  /** Of each visit: when its last span ended. */
  readonly end: Float64Array;
}

/** Operations that frameworks run to answer with an error. */
const SERVES_ERRORS = /error|exception|fault|fallback/iu;

/** `quick`: 1 for visits in which far less is done than usual. */
export function visitItems(
  { spans, logs }: Signals,
  visits: Visits,
  compared: ComparedVisits,
  quick: Uint8Array,
): VisitItems {
  const items: Item[] = [SPAN_FAILED, QUICK];
  const occurrences = new OccurrenceList();
  const failedAt = new Float64Array(visits.count).fill(Number.NaN);
  const end = new Float64Array(visits.count);
  const fail = (visit: number, time: number): void => {
    const known = failedAt[visit] ?? Number.NaN;
    if (Number.isNaN(known) || time < known) failedAt[visit] = time;
  };

  const failedRows: number[] = [];
  // Operation and service in one number, calls apart from what runs inside.
  const ofSpans = new Map<number, number>();
  const servesErrors = spans.operations.map((operation) => SERVES_ERRORS.test(operation));
  for (let row = 0; row < spans.count; row++) {
    const visit = visits.of[row] ?? NONE;
    const start = spans.start[row] ?? 0;
    const finish = start + (spans.duration[row] ?? 0);
    end[visit] = Math.max(end[visit] ?? 0, finish);
    const isEntry = visits.entry[visit] === row;
    const tellsFailure = !isEntry && servesErrors[spans.operation[row] ?? 0] === true;
    if (spans.failed[row] === 1) failedRows.push(row);
    if (spans.failed[row] === 1 || tellsFailure) fail(visit, finish);
    const caller = visits.caller[visit] ?? NONE;
    if (isEntry && caller === NONE) continue;
    const code =
      ((spans.operation[row] ?? 0) * (spans.services.length + 1) + serviceCode(spans, row)) * 2 + Number(isEntry);
    let item = ofSpans.get(code);
    if (item === undefined) {
      item = items.push(isEntry ? callItem(spans, visits, row, caller) : operationItem(spans, row, tellsFailure)) - 1;
      ofSpans.set(code, item);
    }
    occurrences.add(isEntry ? caller : visit, item, start);
  }
  const below = lastFailureBelow(visits, failedAt);
  for (const row of failedRows) {
    const visit = visits.of[row] ?? NONE;
    const finish = (spans.start[row] ?? 0) + (spans.duration[row] ?? 0);
    // Clocks differ: whoever waits for a call that fails has not failed before it, whatever its own clock says.
    occurrences.add(visit, items.indexOf(SPAN_FAILED), Math.max(finish, (below[visit] ?? 0) + 1));
  }
  const usual = usualErrors(logs, visits, compared);
  const ofLogs = new Map<string, number>();
  for (const log of logs) {
    const tellsFailure = log.level >= Level.error && !usual.has(log);
    const key = `${log.service} ${log.level} ${tellsFailure ? log.template : shapeOf(log.template)}`;
    const rows = log.spans ?? [];
    for (let at = 0; at < rows.length; at++) {
      const row = rows[at] ?? NONE;
      const visit = row === NONE ? NONE : (visits.of[row] ?? NONE);
      if (visit === NONE) continue;
      const time = log.times.at(at) ?? 0;
      let item = ofLogs.get(key);
      if (item === undefined) {
        item = items.push({ kind: "log", text: log.template, callee: null, log, tellsFailure }) - 1;
        ofLogs.set(key, item);
      }
      occurrences.add(visit, item, time);
      if (tellsFailure) fail(visit, time);
    }
  }
  for (let visit = 0; visit < visits.count; visit++)
    if (quick[visit] === 1) occurrences.add(visit, items.indexOf(QUICK), end[visit] ?? 0);
  return {
    items,
    occurrences: occurrences.onceEach(visits.count, items.length),
    failedAt,
    failedBelow: failedBelow(visits, failedAt),
    leaves: leavesOf(spans, visits, failedAt),
    end,
  };
}

/** Told apart from the errors that are logged: some services log one in each request, and answer all the same. */
const SPAN_FAILED: Item = { kind: "failure", text: "", callee: null, log: null, tellsFailure: true };
const QUICK: Item = { kind: "quick", text: "", callee: null, log: null, tellsFailure: false };

/** Whether the visit tells of a failure. */
export const fails = ({ failedAt }: VisitItems, visit: number): boolean => !Number.isNaN(failedAt[visit] ?? Number.NaN);

/** An error that is logged in this share of the visits, while all is well, tells of no failure. */
const USUAL_ERROR = 0.5;

function usualErrors(logs: readonly LogSignal[], visits: Visits, compared: ComparedVisits): ReadonlySet<LogSignal> {
  const { contextOf, stretchOf, stretches } = compared;
  const isReference = (visit: number): boolean => (stretchOf[visit] ?? NOT_COMPARED) < stretches;
  const all = new Float64Array(compared.contexts.length);
  for (const [visit, context] of contextOf.entries()) if (isReference(visit)) all[context] = (all[context] ?? 0) + 1;
  return new Set(
    logs.filter(({ level, spans = NO_ROWS }) => {
      if (level < Level.error) return false;
      const holders = new Set<number>();
      for (const row of spans) {
        const visit = row === NONE ? NONE : (visits.of[row] ?? NONE);
        if (visit !== NONE && isReference(visit)) holders.add(visit);
      }
      const contexts = new Set([...holders].map((visit) => contextOf[visit] ?? 0));
      const of = [...contexts].reduce((sum, context) => sum + (all[context] ?? 0), 0);
      return of > 0 && holders.size >= USUAL_ERROR * of;
    }),
  );
}
const NO_ROWS = new Uint32Array();

/** What stands after a colon or an equals sign is a value: it tells what was asked for, not what was done. */
const shapeOf = (template: string): string => template.replaceAll(/(?<=[:=：])\s*[\w.-]+/gu, "<*>");

const serviceCode = ({ service, services }: SpanSignals, row: number): number =>
  Math.min(service[row] ?? NONE, services.length);

const callItem = (spans: SpanSignals, visits: Visits, row: number, caller: number): Item => {
  const above = spans.parent[row] ?? NONE;
  return {
    kind: "call",
    text: spans.operations[spans.operation[row] ?? 0] ?? "",
    callee: spans.services[spans.service[row] ?? NONE] ?? null,
    log: null,
    tellsFailure: false,
    via: visits.entry[caller] === above ? NONE : spans.operation[above],
  };
};

const operationItem = (spans: SpanSignals, row: number, tellsFailure: boolean): Item => ({
  kind: "operation",
  text: spans.operations[spans.operation[row] ?? 0] ?? "",
  callee: null,
  log: null,
  tellsFailure,
});

/** Operations that are told apart in {@link leafCode}; a case has thousands. */
const MOST_OPERATIONS = 2 ** 20;

export const leafCode = (visit: number, operation: number): number => visit * MOST_OPERATIONS + operation;

function leavesOf(
  { count, parent, operation }: SpanSignals,
  visits: Visits,
  failedAt: Float64Array,
): Map<number, number> {
  const hasChild = new Uint8Array(count);
  for (const above of parent) if (above !== NONE) hasChild[above] = 1;
  const leaves = new Map<number, number>();
  for (let row = 0; row < count; row++) {
    const visit = visits.of[row] ?? 0;
    if (hasChild[row] === 1 || Number.isNaN(failedAt[visit] ?? Number.NaN)) continue;
    const code = leafCode(visit, operation[row] ?? 0);
    leaves.set(code, (leaves.get(code) ?? 0) + 1);
  }
  return leaves;
}

/** Of each visit: when the last of those below it failed, −Infinity where none did. */
function lastFailureBelow({ count, caller }: Visits, failedAt: Float64Array): Float64Array {
  const last = new Float64Array(count).fill(-Infinity);
  for (let visit = 0; visit < count; visit++) {
    let time = failedAt[visit] ?? Number.NaN;
    if (Number.isNaN(time)) continue;
    for (
      let above = caller[visit] ?? NONE;
      above !== NONE && (last[above] ?? 0) < time;
      above = caller[above] ?? NONE
    ) {
      last[above] = time;
      time++;
    }
  }
  return last;
}

function failedBelow({ count, caller }: Visits, failedAt: Float64Array): Uint8Array {
  const below = new Uint8Array(count);
  for (let visit = 0; visit < count; visit++) {
    if (Number.isNaN(failedAt[visit] ?? Number.NaN)) continue;
    for (let above = caller[visit] ?? NONE; above !== NONE && below[above] === 0; above = caller[above] ?? NONE)
      below[above] = 1;
  }
  return below;
}
