/** Short ways to write spans. */
import { traceModel, type TraceModel } from "../../../../src/renderer/traces/model.ts";
import { columnsOf, type WrittenSpan } from "../../../support/trace-columns.ts";

type Extra = Partial<Omit<WrittenSpan, "spanId">>;

/** A span of the service "shop" that starts `start` µs after second 1 and lasts `duration` µs. */
export const span = (
  spanId: string,
  parentId: string | null,
  start: number,
  duration: number,
  extra: Extra = {},
): WrittenSpan => ({
  spanId,
  parentId,
  service: "shop",
  name: `do ${spanId}`,
  start: 1_000_000 + start,
  nanos: 0,
  digits: 6,
  duration,
  failed: false,
  parent: null,
  place: "as-written",
  self: duration,
  ...extra,
});

/** Each span is the only child of the one before. */
export const chain = (count: number): WrittenSpan[] =>
  Array.from({ length: count }, (_, at) => span(`c${at}`, at === 0 ? null : `c${at - 1}`, at, 2 * count - at));

/** One root with all others as its children, latest first. */
export const fan = (count: number): WrittenSpan[] =>
  Array.from({ length: count }, (_, at) =>
    at === 0 ? span("root", null, 0, count) : span(`f${at}`, "root", count - at, 1),
  );

/** The model of spans whose parents the engine has found: here by their ids, which are well-behaved. */
export function modelOf(spans: readonly WrittenSpan[]): TraceModel {
  const places = new Map(spans.map(({ spanId }, index) => [spanId, index]));
  return traceModel(
    columnsOf(
      spans.map((written) => ({ ...written, parent: written.parent ?? places.get(written.parentId ?? "") ?? null })),
    ),
  );
}
