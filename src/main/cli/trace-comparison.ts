/** Two traces side by side, path by path: what one of them has, or does longer. */
import type { CallOutput } from "../../shared/contract.ts";
import { isoMicros } from "./iso-time.ts";
import { printable } from "./printable.ts";
import { table, type Cell } from "./table.ts";
import { DEEPEST_INDENT } from "./trace-text.ts";

type Comparison = CallOutput<"traces.compare">;
type Side = Comparison["a"];
type Sum = Comparison["rows"][number]["a"];

const milliseconds = (micros: number): number => Math.round(micros) / 1_000;

/** Durations in milliseconds; paths depth first, a side that lacks one is null. */
export function comparisonJson({ a, b, rows }: Comparison): object {
  return {
    a: sideJson(a),
    b: sideJson(b),
    paths: rows.map((row) => ({
      depth: row.depth,
      service: row.service,
      name: row.name,
      a: sumJson(row.a),
      b: sumJson(row.b),
    })),
  };
}

const sideJson = ({ traceId, start, duration, spans, failed }: Side): object => ({
  traceId,
  start: isoMicros(start),
  durationMs: milliseconds(duration),
  spans,
  failed,
});

const sumJson = (sum: Sum): object | null =>
  sum === null
    ? null
    : { spans: sum.count, failed: sum.failed, durationMs: milliseconds(sum.duration), selfMs: milliseconds(sum.self) };

export function comparisonText({ a, b, rows }: Comparison): string {
  const head = [a, b].map(
    ({ traceId, start, duration, spans, failed }, side) =>
      `${side === 0 ? "A" : "B"} ${traceId}  ${isoMicros(start)}  ${milliseconds(duration)} ms, ${spans} spans, ${failed} failed`,
  );
  const lines = rows.map((row): Cell[] => [
    `${"  ".repeat(Math.min(row.depth, DEEPEST_INDENT))}${row.name}`,
    row.service,
    ...cells(row.a),
    ...cells(row.b),
    row.a === null ? "only in B" : row.b === null ? "only in A" : milliseconds(row.b.duration - row.a.duration),
  ]);
  return `${head.map(printable).join("\n")}\n\n${table(["path", "service", "A spans", "A ms", "B spans", "B ms", "B − A ms"], lines)}`;
}

const cells = (sum: Sum): Cell[] => (sum === null ? [null, null] : [sum.count, milliseconds(sum.duration)]);
