/** What happens in each visit: what it logs, what it calls, what it runs, and whether it failed by itself. */
import { Level } from "../../../../shared/model/level.ts";
import type { LogSignal, Signals, SpanSignals } from "../signals.ts";
import { NONE, type Visits } from "./visits.ts";

export type ItemKind = "log" | "call" | "operation";

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

/** One item in one visit. */
export interface Occurrence {
  readonly visit: number;
  readonly item: number;
  /** Microseconds; of a call, when it began. */
  readonly time: number;
}

export interface VisitItems {
  readonly items: readonly Item[];
  /** Each item at most once a visit, the first time it happens. */
  readonly occurrences: readonly Occurrence[];
  /** Of each visit: when it first told of a failure, NaN where it did not. */
  readonly failedAt: Float64Array;
  /** Of each visit: 1 where a visit that it called, over others too, failed. */
  readonly failedBelow: Uint8Array;
  /** Spans that have no children, as visit and operation in one number ({@link leafCode}), and how many of them. */
  readonly leaves: ReadonlyMap<number, number>;
  /** Of each visit: when its last span ended. */
  readonly end: Float64Array;
}

/** Operations that frameworks run to answer with an error. */
const SERVES_ERRORS = /error|exception|fault|fallback/iu;

export function visitItems({ spans, logs }: Signals, visits: Visits): VisitItems {
  const items: Item[] = [];
  const ids = new Map<string, number>();
  const occurrences: Occurrence[] = [];
  const seen = new Set<number>();
  const failedAt = new Float64Array(visits.count).fill(Number.NaN);
  const end = new Float64Array(visits.count);
  const idOf = (key: string, make: () => Item): number => {
    const known = ids.get(key);
    if (known !== undefined) return known;
    ids.set(key, items.length);
    return items.push(make()) - 1;
  };
  const add = (visit: number, item: number, time: number): void => {
    const pair = visit * MOST_ITEMS + item;
    if (item >= MOST_ITEMS || seen.has(pair)) return;
    seen.add(pair);
    occurrences.push({ visit, item, time });
  };
  const fail = (visit: number, time: number): void => {
    const known = failedAt[visit] ?? Number.NaN;
    if (Number.isNaN(known) || time < known) failedAt[visit] = time;
  };

  for (let row = 0; row < spans.count; row++) {
    const visit = visits.of[row] ?? NONE;
    const start = spans.start[row] ?? 0;
    const finish = start + (spans.duration[row] ?? 0);
    end[visit] = Math.max(end[visit] ?? 0, finish);
    const operation = spans.operations[spans.operation[row] ?? 0] ?? "";
    const service = spans.service[row] ?? NONE;
    const isEntry = visits.entry[visit] === row;
    const caller = visits.caller[visit] ?? NONE;
    const tellsFailure = SERVES_ERRORS.test(operation);
    if (isEntry && caller !== NONE) {
      const item = idOf(`call ${service} ${operation}`, () => ({
        kind: "call",
        text: operation,
        callee: spans.services[service] ?? null,
        log: null,
        tellsFailure: false,
        via: visits.entry[caller] === spans.parent[row] ? NONE : spans.operation[spans.parent[row] ?? NONE],
      }));
      add(caller, item, start);
    } else if (!isEntry) {
      const item = idOf(`operation ${service} ${operation}`, () => ({
        kind: "operation",
        text: operation,
        callee: null,
        log: null,
        tellsFailure,
      }));
      add(visit, item, start);
    }
    if (spans.failed[row] === 1 || (tellsFailure && !isEntry)) fail(visit, finish);
  }
  for (const log of logs) {
    const { service } = log;
    const tellsFailure = log.level >= Level.error;
    const shape = tellsFailure ? log.template : shapeOf(log.template);
    for (const [at, row] of (log.spans ?? []).entries()) {
      const visit = row === NONE ? NONE : (visits.of[row] ?? NONE);
      if (visit === NONE) continue;
      const time = log.times[at] ?? 0;
      const item = idOf(`log ${service} ${log.level} ${shape}`, () => ({
        kind: "log",
        text: log.template,
        callee: null,
        log,
        tellsFailure,
      }));
      add(visit, item, time);
      if (tellsFailure) fail(visit, time);
    }
  }
  return {
    items,
    occurrences,
    failedAt,
    failedBelow: failedBelow(visits, failedAt),
    leaves: leavesOf(spans, visits),
    end,
  };
}

/** What stands after a colon or an equals sign is a value: it tells what was asked for, not what was done. */
const shapeOf = (template: string): string => template.replaceAll(/(?<=[:=：])\s*[\w.-]+/gu, "<*>");

/** Kinds of items that are told apart; a case has hundreds. */
const MOST_ITEMS = 2 ** 20;

export const leafCode = (visit: number, operation: number): number => visit * MOST_ITEMS + operation;

function leavesOf({ count, parent, operation }: SpanSignals, visits: Visits): Map<number, number> {
  const hasChild = new Uint8Array(count);
  for (const above of parent) if (above !== NONE) hasChild[above] = 1;
  const leaves = new Map<number, number>();
  for (let row = 0; row < count; row++) {
    if (hasChild[row] === 1) continue;
    const code = leafCode(visits.of[row] ?? 0, operation[row] ?? 0);
    leaves.set(code, (leaves.get(code) ?? 0) + 1);
  }
  return leaves;
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
