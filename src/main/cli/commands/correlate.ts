/** `faultline skew PATH…` and `faultline correlate PATH… --id ID`: clocks of sources, and the records that bear an id. */
import { basename } from "node:path";
import type { Command } from "commander";
import { clockText } from "../../../shared/clock-text.ts";
import type { CallOutput } from "../../../shared/contract.ts";
import type { ClockRow } from "../../../shared/contract/correlation.ts";
import { levelName } from "../../../shared/model/level.ts";
import { countArgument } from "../arguments.ts";
import type { CommandConnectors } from "../command-connectors.ts";
import type { CommandSettings } from "../command-settings.ts";
import { UsageError } from "../failure-exit.ts";
import { isoMicrosOrNull, isoTime } from "../iso-time.ts";
import { printable } from "../printable.ts";
import { table } from "../table.ts";
import type { Terminal } from "../terminal.ts";
import { withPaths } from "../with-paths.ts";

interface Parts {
  readonly settings: CommandSettings;
  readonly connectors: CommandConnectors;
}

export function addCorrelationCommands(
  program: Command,
  terminal: Terminal,
  workersFolder: string,
  { settings, connectors }: Parts,
): void {
  const surroundings = () => ({ settings: settings.current, connectors, terminal, workersFolder });
  program
    .command("skew")
    .description("say how far the clocks of sources differ, from the ids that their records share")
    .argument("<path...>", "files or folders with logs and traces, or a case")
    .option("--json", "print one JSON object; offsets are in microseconds")
    .action(async (paths: string[], options: { readonly json?: true }) => {
      await withPaths(paths, surroundings(), async (reader) => {
        const { clocks } = await reader.call("clocks.list", null);
        return options.json ? terminal.printJson({ clocks: clocks.map(clockJson) }) : terminal.print(skewText(clocks));
      });
    });

  program
    .command("correlate")
    .description("print the records of all sources that bear an id, in a field or in their text")
    .argument("<path...>", "files or folders with logs and traces, or a case")
    .requiredOption("--id <id>", "a trace, request or any other id")
    .option("--limit <count>", "records that are printed, at most 100", "20")
    .option("--json", "print one JSON object")
    .action(async (paths: string[], options: { readonly id: string; readonly limit: string; readonly json?: true }) => {
      const limit = countArgument(options.limit);
      if (limit > 100) throw new UsageError("--limit is at most 100; query prints more.");
      if (options.id === "" || options.id.length > 500) throw new UsageError("--id takes up to 500 characters.");
      await withPaths(paths, surroundings(), async (reader) => {
        const { link } = await reader.call("related.ofId", { value: options.id, limit });
        const sources = await reader.call("sources.list", undefined);
        const pathOf = new Map(sources.map(({ id, path }) => [id, path]));
        return options.json
          ? terminal.printJson(linkJson(link, pathOf))
          : terminal.print(linkText(options.id, link, pathOf));
      });
    });
}

const clockJson = ({ path, referencePath, offset, low, high, ids, agreement, basis, differs }: ClockRow) => ({
  source: path,
  reference: referencePath,
  offsetMicros: Math.round(offset),
  lowMicros: Math.round(low),
  highMicros: Math.round(high),
  ids,
  agreement,
  basis,
  differs,
});

function skewText(clocks: readonly ClockRow[]): string {
  if (clocks.length === 0) return "No two sources share enough ids to compare their clocks.\n";
  return clocks
    .map((clock) => printable(`${clock.path}: ${clockText(clock, (path) => basename(path))}`) + "\n")
    .join("");
}

type Link = CallOutput<"related.ofId">["link"];

const linkJson = ({ value, filter, total, sources, rows }: Link, pathOf: ReadonlyMap<number, string>) => ({
  id: value,
  filter,
  total,
  sources: sources.map(({ sourceId, count }) => ({ source: pathOf.get(sourceId) ?? null, count })),
  records: rows.map(({ ref, time, level, service, kind, message, sourceId, line }) => ({
    ref,
    time: isoMicrosOrNull(time),
    level: levelName(level),
    service,
    kind,
    message,
    source: pathOf.get(sourceId) ?? null,
    line,
  })),
});

function linkText(id: string, { total, sources, rows }: Link, pathOf: ReadonlyMap<number, string>): string {
  if (total === 0) return printable(`No record bears ${id}.`) + "\n";
  const counts = sources.map(({ sourceId, count }) => [pathOf.get(sourceId) ?? "", count]);
  const shown = rows.map(({ time, nanos, digits, level, service, message, sourceId, line }) => [
    time === null ? null : isoTime({ micros: time as Parameters<typeof isoTime>[0]["micros"], nanos, digits }),
    levelName(level),
    service,
    `${basename(pathOf.get(sourceId) ?? "")}:${line}`,
    message.slice(0, 200),
  ]);
  return `${table(["source", "records"], counts)}\n${table(["time", "level", "service", "place", "message"], shown)}`;
}
