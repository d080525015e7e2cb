// For a sample of a metric that brings no exemplar: the traces of its service at that time that
// failed, or else took longest. They may have nothing to do with the value, and are named for what they are.
import type { CallOutput, RecordDetail } from "../../../../shared/contract.ts";
import { printTerm } from "../../../../shared/query/print.ts";
import { printTime } from "../../../../shared/query/quantities.ts";
import { micros } from "../../../../shared/units.ts";
import type { OpenCase } from "../open-case.ts";
import { decodeAll, recordRow } from "../rows.ts";
import { spanTable } from "../span-table.ts";

type Link = CallOutput<"related.find">["links"][number];

/** On each side of the sample. */
const AROUND = 60_000_000;

export function nearTraces(
  open: OpenCase,
  { kind, service, time, traceId }: Pick<RecordDetail, "kind" | "service" | "time" | "traceId">,
  limit: number,
  checkpoint: () => void,
): Link[] {
  if (kind !== "sample" || service === null || time === null || traceId !== null) return [];
  const table = spanTable(open, checkpoint);
  const [from, to] = [time - AROUND, time + AROUND];
  const isOwn = table.services.map((name) => name === service);
  const spans: number[] = [];
  for (let span = 0; span < table.count; span += 1) {
    const start = table.start[span] ?? 0;
    if (start >= from && start < to && isOwn[table.service[span] ?? 0] === true) spans.push(span);
  }
  const failed = spans.filter((span) => table.failed[span] === 1);
  const chosen = failed.length > 0 ? failed : spans;
  if (chosen.length === 0) return [];
  chosen.sort((a, b) => (table.duration[b] ?? 0) - (table.duration[a] ?? 0) || a - b);
  const shown = chosen.slice(0, limit).map((span) => table.ordinal[span] ?? 0);
  const decoded = decodeAll(open, shown, checkpoint);
  const counts = new Map<number, number>();
  for (const span of chosen) {
    const source = open.index.sourceOf[open.index.segmentOf.at(table.ordinal[span] ?? 0)] ?? 0;
    counts.set(source, (counts.get(source) ?? 0) + 1);
  }
  const range = `time>=${printTime(micros(Math.floor(from)), 1)} time<${printTime(micros(Math.ceil(to)), 1)}`;
  const failures = failed.length > 0 ? " level>=error" : "";
  return [
    {
      kind: failed.length > 0 ? "failed-near" : "slow-near",
      value: service,
      filter: `kind:span ${printTerm("service", service)}${failures} ${range}`,
      total: chosen.length,
      sources: [...counts].map(([sourceId, count]) => ({ sourceId, count })),
      rows: shown.map((ordinal) => recordRow(open, ordinal, decoded.get(ordinal)?.message ?? "")),
    },
  ];
}
