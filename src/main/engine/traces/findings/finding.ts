/** What is odd about one trace, each with the spans that show it. */
import type { TraceFinding } from "../../../../shared/model/trace.ts";
import type { Children } from "../children.ts";
import type { Normal } from "../normal.ts";

export type Finding = TraceFinding;

/** One trace as its findings are looked for: spans in the order of their start, times in microseconds after the first. */
export interface TraceView {
  readonly spans: readonly { readonly service: string | null; readonly name: string; readonly failed: boolean }[];
  readonly start: Float64Array;
  readonly duration: Float64Array;
  readonly self: Float64Array;
  readonly parent: Uint32Array;
  readonly children: Children;
  /** Same code, same service and name. */
  readonly operation: Uint32Array;
  /** Of a span's operation in the whole case; undefined where that is not known. */
  normalOf(span: number): Normal | undefined;
}

/** Children by start. */
export const childrenOfSpan = ({ children: { from, child } }: TraceView, span: number): Uint32Array =>
  child.subarray(from[span] ?? 0, from[span + 1] ?? 0);

export const endOf = ({ start, duration }: TraceView, span: number): number =>
  (start[span] ?? 0) + (duration[span] ?? 0);

/** "charge of payment". */
export function nameOf({ spans }: TraceView, span: number): string {
  const { name = "", service = null } = spans[span] ?? {};
  return service === null ? name || "a span" : `${name || "a span"} of ${service}`;
}

/** From the first start to the last end. */
export function lengthOf(view: TraceView): number {
  let end = 0;
  for (let span = 0; span < view.spans.length; span += 1) end = Math.max(end, endOf(view, span));
  return end;
}

/** 340 µs, 12.4 ms, 1.24 s, 131 s. */
export function inWords(micros: number): string {
  const three = (value: number): string => String(Number(value.toPrecision(3)));
  if (micros < 1_000) return `${three(micros)} µs`;
  return micros < 1_000_000 ? `${three(micros / 1_000)} ms` : `${three(micros / 1_000_000)} s`;
}

export const percent = (share: number): string => `${Number((share * 100).toPrecision(2))} %`;
