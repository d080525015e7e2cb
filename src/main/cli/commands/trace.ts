/** `faultline trace PATH… --id TRACE`: the spans of one trace as a tree, or what held it up. */
import type { Command } from "commander";
import type { CallOutput } from "../../../shared/contract.ts";
import { FailureError } from "../../../shared/failure.ts";
import { allSpans, spanCount } from "../../../shared/model/trace-columns.ts";
import { traceIdOf } from "../../engine/formats/support/ids.ts";
import type { ReaderMethods } from "../../engine/query/protocol.ts";
import type { Askable } from "../../engine/threads/rpc.ts";
import type { CommandConnectors } from "../command-connectors.ts";
import type { CommandSettings } from "../command-settings.ts";
import { exactJson, type ExactJson } from "../exact-json.ts";
import { UsageError } from "../failure-exit.ts";
import type { Terminal } from "../terminal.ts";
import { comparisonJson, comparisonText } from "../trace-comparison.ts";
import { pathText, treeText, type ReadTrace, type ToldTrace } from "../trace-text.ts";
import { traceTimes, type TraceTimes } from "../trace-times.ts";
import { withPaths } from "../with-paths.ts";

type Sections = CallOutput<"traces.criticalPath">["sections"];

interface TraceOptions {
  readonly id?: string;
  readonly criticalPath?: true;
  readonly with?: string;
  readonly json?: true;
}

export function addTraceCommand(
  program: Command,
  terminal: Terminal,
  workersFolder: string,
  { settings, connectors }: { readonly settings: CommandSettings; readonly connectors: CommandConnectors },
): void {
  program
    .command("trace")
    .description("print one trace as a tree: who called whom, for how long, what is odd, what held it up")
    .argument("<path...>", "files or folders with traces (Jaeger, Zipkin, OTLP, span lists), or a case")
    .option("--id <trace>", "id of the trace; may be left out where there is only one")
    .option("--critical-path", "print only the sections that everything else waited for")
    .option("--with <trace>", "compare with another trace, path by path")
    .option("--json", "print one JSON object; times are in the unit of the source")
    .action(async (paths: string[], options: TraceOptions) => {
      const surroundings = { settings: settings.current, connectors, terminal, workersFolder };
      await withPaths(paths, surroundings, async (reader) => {
        const traceId = await chosenTrace(reader, options.id);
        if (options.with !== undefined) {
          const b = traceIdOf(options.with) ?? options.with;
          const compared = await reader.call("traces.compare", { a: traceId, b });
          return options.json ? terminal.printJson(comparisonJson(compared)) : terminal.print(comparisonText(compared));
        }
        const { spans, problems } = await reader.call("traces.get", { traceId });
        if (spanCount(spans) === 0)
          throw new FailureError("not-found", `No span that was read belongs to a trace "${traceId}".`);
        const { sections } = await reader.call("traces.criticalPath", { traceId });
        const ids = await reader.call("writtenIds", { traceId });
        const trace = { spans: allSpans(spans), problems, sections, ids };
        if (options.criticalPath)
          return terminal.print(options.json ? `${exactJson(pathJson(trace))}\n` : pathText(trace));
        const findings = await reader.call("traces.findings", { traceId });
        const told = { ...trace, findings };
        return terminal.print(options.json ? `${exactJson(traceJson(traceId, told))}\n` : treeText(traceId, told));
      });
    });
}

const SHOWN_IDS = 5;

/** As records carry it, however it was typed. */
async function chosenTrace(reader: Askable<ReaderMethods>, id: string | undefined): Promise<string> {
  if (id !== undefined) return traceIdOf(id) ?? id;
  const known = await reader.call("traceIds", { limit: SHOWN_IDS + 1 });
  const [only] = known;
  if (only === undefined) throw new FailureError("not-found", "Nothing that was read holds a span.");
  if (known.length === 1) return only;
  const shown = known.slice(0, SHOWN_IDS).join(", ");
  const more = known.length > SHOWN_IDS ? " and more" : "";
  throw new UsageError(`There are several traces: name one with --id (${shown}${more}).`);
}

function pathJson(trace: ReadTrace): ExactJson {
  const times = traceTimes(trace.spans);
  return { unit: times.unit, sections: sectionsJson(trace.sections, trace.ids, times) };
}

function sectionsJson(sections: Sections, ids: readonly string[], { moment }: TraceTimes): ExactJson {
  return sections.map(({ span, start, end }) => ({
    spanId: ids[span] ?? "",
    start: moment(start),
    end: moment(end),
  }));
}

function traceJson(traceId: string, { spans, problems, findings, sections, ids }: ToldTrace): ExactJson {
  const times = traceTimes(spans);
  const { unit, startOf, duration } = times;
  return {
    traceId,
    unit,
    spans: spans.map((span, index) => ({
      spanId: ids[index] ?? span.spanId,
      parentId: span.parent === null ? span.parentId : (ids[span.parent] ?? span.parentId),
      place: span.place,
      service: span.service,
      name: span.name,
      start: startOf(span),
      duration: duration(span.duration),
      self: duration(span.self),
      failed: span.failed,
      ref: span.ref,
    })),
    criticalPath: sectionsJson(sections, ids, times),
    findings: findings.map((finding) => ({
      kind: finding.kind,
      text: finding.text,
      micros: finding.micros,
      spanIds: finding.spans.map((span) => ids[span] ?? ""),
    })),
    problems: [...problems],
  };
}
