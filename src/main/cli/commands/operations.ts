/** `faultline operations PATH…` and `faultline graph PATH…`: what services did, and who called whom, over many traces. */
import type { Command } from "commander";
import type { CallOutput, Selection } from "../../../shared/contract.ts";
import type { CallRow, OperationRow, ServiceRow } from "../../../shared/contract/traces.ts";
import { timeArgument } from "../arguments.ts";
import type { CommandConnectors } from "../command-connectors.ts";
import type { CommandSettings } from "../command-settings.ts";
import { table, type Cell } from "../table.ts";
import type { Terminal } from "../terminal.ts";
import { withPaths } from "../with-paths.ts";

interface WindowOptions {
  readonly filter?: string;
  readonly from?: string;
  readonly to?: string;
  readonly json?: true;
}

interface Parts {
  readonly settings: CommandSettings;
  readonly connectors: CommandConnectors;
}

export function addOperationsCommands(
  program: Command,
  terminal: Terminal,
  workersFolder: string,
  { settings, connectors }: Parts,
): void {
  const command = (name: string, description: string): Command =>
    program
      .command(name)
      .description(description)
      .argument("<path...>", "files or folders with traces (Jaeger, Zipkin, OTLP, span lists), or a case")
      .option("--filter <filter>", "only spans that match, for instance: service:checkout duration>500ms")
      .option("--from <time>", "the first moment (ISO 8601)")
      .option("--to <time>", "the moment before which spans begin (ISO 8601)")
      .option("--json", "print one JSON object; durations are in microseconds");
  const surroundings = () => ({ settings: settings.current, connectors, terminal, workersFolder });

  command("operations", "print each operation of the traces: how often, how fast, how well").action(
    async (paths: string[], options: WindowOptions) => {
      const selection = selectionOf(options);
      await withPaths(paths, surroundings(), async (reader) => {
        const answer = await reader.call("traces.operations", { selection });
        return options.json ? terminal.printJson(operationsJson(answer)) : terminal.print(operationsText(answer));
      });
    },
  );
  command("graph", "print which services called which in the traces, and what the calls were like").action(
    async (paths: string[], options: WindowOptions) => {
      const selection = selectionOf(options);
      await withPaths(paths, surroundings(), async (reader) => {
        const answer = await reader.call("traces.graph", { selection });
        return options.json ? terminal.printJson(graphJson(answer)) : terminal.print(graphText(answer));
      });
    },
  );
}

const selectionOf = ({ filter = "", from, to }: WindowOptions): Selection => ({
  filter,
  from: from === undefined ? null : timeArgument(from),
  to: to === undefined ? null : timeArgument(to),
  samples: false,
});

type Operations = CallOutput<"traces.operations">;
type Graph = CallOutput<"traces.graph">;
type Figures = Pick<OperationRow, "count" | "errors" | "p50" | "p95" | "p99">;

const figuresJson = ({ count, errors, p50, p95, p99 }: Figures) => ({
  count,
  errors,
  errorRate: count > 0 ? errors / count : 0,
  p50Micros: p50,
  p95Micros: p95,
  p99Micros: p99,
});

const operationJson = (of: OperationRow) => ({
  service: of.service,
  operation: of.name,
  ...figuresJson(of),
  perSecond: of.perSecond,
  selfMicros: of.self,
  selfShare: of.selfShare,
});
const serviceJson = (of: ServiceRow) => ({ service: of.service, ...figuresJson(of), selfShare: of.selfShare });
const callJson = (of: CallRow) => ({ from: of.from, to: of.to, ...figuresJson(of) });

const operationsJson = ({ spans, operations }: Operations) => ({
  spans,
  operations: operations.toSorted(byTime).map(operationJson),
});

const graphJson = ({ spans, services, calls }: Graph) => ({
  spans,
  services: services.map(serviceJson),
  calls: calls.map(callJson),
});

/** Those that work the most first. */
const byTime = (a: OperationRow, b: OperationRow): number => b.self - a.self || b.count - a.count;

const figureTitles = ["count", "errors", "p50 ms", "p95 ms", "p99 ms"];
const figureCells = ({ count, errors, p50, p95, p99 }: Figures): Cell[] => [
  count,
  errors,
  ...[p50, p95, p99].map((micros) => micros / 1_000),
];

function operationsText({ operations }: Operations): string {
  const row = (of: OperationRow): Cell[] => [
    of.service,
    of.name,
    ...figureCells(of),
    of.perSecond,
    Math.round(of.selfShare * 1_000) / 10,
  ];
  return table(["service", "operation", ...figureTitles, "per second", "self %"], operations.toSorted(byTime).map(row));
}

function graphText({ services, calls }: Graph): string {
  const byCount = (a: Figures, b: Figures): number => b.count - a.count;
  const service = (of: ServiceRow): Cell[] => [of.service, ...figureCells(of), Math.round(of.selfShare * 1_000) / 10];
  const edge = (of: CallRow): Cell[] => [of.from, of.to, ...figureCells(of)];
  return [
    table(["service", ...figureTitles, "self %"], services.toSorted(byCount).map(service)),
    "\n",
    table(["caller", "called", ...figureTitles], calls.toSorted(byCount).map(edge)),
  ].join("");
}
