/** `faultline suspects PATH…`: when it began, and what is likely to have caused it, with the evidence for and against. */
import type { Command } from "commander";
import type { GivenWindows } from "../../engine/suspects/onset.ts";
import { isCaseFile } from "../../engine/case-names.ts";
import { askSuspects } from "../ask-suspects.ts";
import type { CommandConnectors } from "../command-connectors.ts";
import type { CommandSettings } from "../command-settings.ts";
import { UsageError } from "../failure-exit.ts";
import { isoMicros } from "../iso-time.ts";
import { rangeArgument } from "../range-argument.ts";
import { verdictJson } from "../suspects-json.ts";
import { verdictText } from "../suspects-text.ts";
import type { Terminal } from "../terminal.ts";
import { withPaths } from "../with-paths.ts";

interface SuspectsOptions {
  readonly baseline?: string;
  readonly incident?: string;
  readonly json?: true;
}

export function addSuspectsCommand(
  program: Command,
  terminal: Terminal,
  workersFolder: string,
  { settings, connectors }: { readonly settings: CommandSettings; readonly connectors: CommandConnectors },
): void {
  program
    .command("suspects")
    .description("say when it began and what is likely to have caused it, or that the data does not tell")
    .argument("<path...>", "files or folders with logs, metrics, traces, commits, deploys, flags, alerts; or a case")
    .option("--baseline <from..to>", "how it was (ISO 8601); found from the data without it")
    .option("--incident <from..to>", "when it hurt (ISO 8601); found from the data without it")
    .option("--json", "print one JSON object")
    .action(async (paths: string[], options: SuspectsOptions) => {
      const windows: GivenWindows = {
        baseline: rangeArgument(options.baseline, "--baseline"),
        incident: rangeArgument(options.incident, "--incident"),
      };
      checkOrder(windows, terminal);
      const surroundings = { settings: settings.current, connectors, terminal, workersFolder };
      await withPaths(paths, surroundings, async (reader, file) => {
        const { verdict } = await askSuspects(file, windows, workersFolder, terminal);
        const sources = await reader.call("sources.list", undefined);
        const pathOf = new Map(sources.map(({ id, path }) => [id, path]));
        if (options.json) return terminal.printJson(verdictJson(verdict, { pathOf, isKept: paths.some(isCaseFile) }));
        return terminal.print(verdictText(verdict, pathOf));
      });
    });
}

function checkOrder({ baseline, incident }: GivenWindows, terminal: Terminal): void {
  if (baseline === null || incident === null) return;
  if (baseline.from >= incident.from)
    throw new UsageError("The baseline is how it was before the incident: it begins before the incident does.");
  if (baseline.to > incident.from)
    terminal.complain(`--baseline reaches into the incident; it counts up to ${isoMicros(incident.from)}.`);
}
