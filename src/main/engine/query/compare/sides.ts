// The two sets of records that are compared, and how long each was watched.
import type { CallInput } from "../../../../shared/contract.ts";
import { FailureError } from "../../../../shared/failure.ts";
import { conditionsOf } from "../../../../shared/query/ast.ts";
import type { OpenCase } from "../open-case.ts";
import type { Ordinals } from "../ordinals.ts";
import { readFilter } from "../selections.ts";

export interface Side {
  /** Without metric samples unless the filter asks for them, in the order of the list. */
  readonly records: Ordinals;
  readonly withSamples: Ordinals;
  readonly from: number;
  readonly to: number;
  /** Microseconds that were watched. */
  readonly length: number;
  /** 0–1: how far into what was watched a moment lies. */
  readonly elapsed: (time: number) => number;
}

export interface Sides {
  readonly a: Side;
  readonly b: Side;
  /** Whether both sides watch the same kind of records, so that their rates can be held against each other. */
  readonly areRates: boolean;
  /** Fields that the filter itself decides: they tell nothing. */
  readonly decided: ReadonlySet<string>;
}

type Input = CallInput<"compare.find">;
interface Span {
  readonly from: number;
  readonly to: number;
}

/** Fails with "bad-filter", and with "usage" for a window that ends before it begins. */
export function sidesOf(open: OpenCase, input: Input, checkpoint: () => void): Sides {
  for (const { from, to } of [input.a, input.b])
    if (from !== null && to !== null && !(to > from))
      throw new FailureError("usage", "A window must end after it begins.");
  const filter = readFilter(input.filter);
  const isWhole = filter.type === "and" && filter.parts.length === 0;
  const whole = spanOf(open);
  const b = clipped(input.b, whole);
  const a = clipped(input.a, whole);
  const select = (text: string, range: Input["a"], samples: boolean): Ordinals =>
    open.selections.select({ filter: text, from: range.from, to: range.to, samples }, checkpoint).ordinals;
  const chosen = [select(input.filter, input.b, false), select(input.filter, input.b, true)] as const;
  const filterOfA = input.against === "same" ? input.filter : "";
  let others = [select(filterOfA, input.a, false), select(filterOfA, input.a, true)] as const;
  if (input.against === "rest") {
    const isChosen = new Uint8Array(open.index.count);
    for (const part of chosen[1].parts()) for (const ordinal of part) isChosen[ordinal] = 1;
    const rest = (all: Ordinals): Ordinals => all.filter((ordinal) => isChosen[ordinal] === 0);
    others = [rest(others[0]), rest(others[1])];
  }
  const hole = input.against === "rest" && isWhole ? overlap(a, b) : null;
  return {
    a: { records: others[0], withSamples: others[1], ...watched(a, hole) },
    b: { records: chosen[0], withSamples: chosen[1], ...watched(b, null) },
    areRates: input.against === "same" || isWhole,
    decided: new Set(
      conditionsOf(filter).flatMap((part) => {
        if (part.type === "severity") return ["level"];
        if (part.type === "word" || part.type === "has") return [part.field];
        if (part.type === "field" || part.type === "fieldNumber") return [part.key];
        return [part.type];
      }),
    ),
  };
}

/** First and last time of the case, its end exclusive. */
function spanOf({ index }: OpenCase): Span {
  let from = Infinity;
  let to = -Infinity;
  for (const { firstTime, lastTime } of index.segments) {
    if (firstTime !== null && firstTime < from) from = firstTime;
    if (lastTime !== null && lastTime >= to) to = lastTime + 1;
  }
  return from < to ? { from, to } : { from: 0, to: 0 };
}

/** Nothing was watched before the first record and after the last. */
function clipped({ from, to }: Input["a"], whole: Span): Span {
  const begin = Math.max(from ?? whole.from, whole.from);
  return { from: begin, to: Math.max(begin, Math.min(to ?? whole.to, whole.to)) };
}

function overlap(a: Span, b: Span): Span | null {
  const from = Math.max(a.from, b.from);
  const to = Math.min(a.to, b.to);
  return from < to ? { from, to } : null;
}

function watched({ from, to }: Span, hole: Span | null): Omit<Side, "records" | "withSamples"> {
  const missing = hole === null ? 0 : hole.to - hole.from;
  const length = to - from - missing;
  const elapsed = (time: number): number =>
    length > 0 ? (time - from - (hole !== null && time >= hole.to ? missing : 0)) / length : 0;
  return { from, to, length, elapsed };
}
