/** A trace as a person reads it in a terminal. */
import type { CallOutput } from "../../shared/contract.ts";
import type { Span } from "../../shared/model/trace.ts";
import { isoTime } from "./iso-time.ts";
import { printable } from "./printable.ts";
import { table, type Cell } from "./table.ts";

/** Deeper spans stand no farther to the right: a chain may be tens of thousands deep. */
export const DEEPEST_INDENT = 24;

export interface ReadTrace {
  readonly spans: readonly Span[];
  readonly problems: readonly string[];
  readonly sections: CallOutput<"traces.criticalPath">["sections"];
  /** Id of each span as its source writes it. */
  readonly ids: readonly string[];
}

export interface ToldTrace extends ReadTrace {
  readonly findings: CallOutput<"traces.findings">;
}

export function treeText(traceId: string, { spans, problems, findings, sections }: ToldTrace): string {
  const [first] = spans;
  const start = first?.start ?? 0;
  const held = new Map<number, number>();
  for (const section of sections)
    held.set(section.span, (held.get(section.span) ?? 0) + (section.end - section.start) / 1_000);
  const rows = inTreeOrder(spans).map(({ index, depth }): Cell[] => {
    const span = spans[index];
    const indent = "  ".repeat(Math.min(depth, DEEPEST_INDENT));
    return [
      `${indent}${span?.name ?? ""}`,
      span?.service ?? null,
      milliseconds((span?.start ?? 0) - start + (span?.nanos ?? 0) / 1_000 - (first?.nanos ?? 0) / 1_000),
      milliseconds(span?.duration ?? 0),
      milliseconds(span?.self ?? 0),
      held.has(index) ? milliseconds(held.get(index) ?? 0) : "",
      span?.failed === true ? "failed" : "",
    ];
  });
  const failed = spans.filter((span) => span.failed).length;
  const when = first === undefined ? "" : isoTime({ ...first, micros: first.start });
  const head = `trace ${traceId}  ${when}  ${spans.length} spans, ${failed} failed`;
  const header = ["span", "service", "start ms", "duration ms", "self ms", "critical ms", ""];
  return [
    `${printable(head)}\n\n`,
    table(header, rows),
    ...(findings.length + problems.length > 0 ? ["\n"] : []),
    ...findings.map(({ kind, text }) => `${printable(`${kind}: ${text}`)}\n`),
    ...problems.map((problem) => `${printable(problem)}\n`),
  ].join("");
}

export function pathText({ spans, sections, ids }: ReadTrace): string {
  const rows = sections.toReversed().map(({ span, start, end }): Cell[] => {
    const of = spans[span];
    const [from, to, took] = [start, end, end - start].map((nanos) => milliseconds(nanos / 1_000));
    return [from ?? "", to ?? "", took ?? "", of?.service ?? null, of?.name ?? "", ids[span] ?? ""];
  });
  return table(["from ms", "to ms", "took ms", "service", "span", "id"], rows);
}

/** With three decimals, so that columns stand in line. */
const milliseconds = (value: number): string => (value / 1_000).toFixed(3).padStart(10);

/** Depth first, siblings by start, as the spans come. */
function inTreeOrder(spans: readonly Span[]): { readonly index: number; readonly depth: number }[] {
  const children = new Map<number | null, number[]>();
  for (const [index, { parent }] of spans.entries()) {
    const siblings = children.get(parent);
    if (siblings === undefined) children.set(parent, [index]);
    else siblings.push(index);
  }
  const ordered: { index: number; depth: number }[] = [];
  const pending = (children.get(null) ?? []).map((index) => ({ index, depth: 0 })).toReversed();
  for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
    ordered.push(next);
    const { depth } = next;
    const below = children.get(next.index) ?? [];
    for (let at = below.length - 1; at >= 0; at -= 1) pending.push({ index: below[at] ?? 0, depth: depth + 1 });
  }
  return ordered;
}
