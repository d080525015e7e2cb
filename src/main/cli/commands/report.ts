/** `faultline report CASE|PATH…`: what the window saves as the report of an incident, without a window. */
import { writeFile } from "node:fs/promises";
import { Option, type Command } from "commander";
import type { CaseInfo } from "../../../shared/contract.ts";
import type { VerdictInfo } from "../../../shared/contract/suspects.ts";
import { gatherFacts } from "../../../shared/report/facts.ts";
import { formatOfName, REPORT_FORMATS, type ReportFormat } from "../../../shared/report/formats.ts";
import { makeReport } from "../../../shared/report/report.ts";
import { writeReport } from "../../../shared/report/write.ts";
import type { Source } from "../../../shared/model/source.ts";
import type { ReaderMethods } from "../../engine/query/protocol.ts";
import type { Askable } from "../../engine/threads/rpc.ts";
import { writeFailure } from "../../engine/write-failure.ts";
import { zoneArgument } from "../arguments.ts";
import { askSuspects } from "../ask-suspects.ts";
import type { CommandConnectors } from "../command-connectors.ts";
import type { CommandSettings } from "../command-settings.ts";
import { UsageError } from "../failure-exit.ts";
import { printable } from "../printable.ts";
import type { Terminal } from "../terminal.ts";
import { withPaths } from "../with-paths.ts";

interface ReportOptions {
  readonly out?: string;
  readonly format?: ReportFormat;
  readonly tz: string;
}

export function addReportCommand(
  program: Command,
  terminal: Terminal,
  workersFolder: string,
  { settings, connectors }: { readonly settings: CommandSettings; readonly connectors: CommandConnectors },
): void {
  program
    .command("report")
    .description("write the report of an incident: onset, suspects with their evidence, what happened")
    .argument("<path...>", "a case, with its notes and pins; or files and folders to read")
    .option("--out <file>", "the file to write; printed without it")
    .addOption(
      new Option("--format <format>", "its form (default: by the ending of --out, or else markdown)").choices(
        REPORT_FORMATS,
      ),
    )
    .option("--tz <zone>", "zone that times are written in (IANA name)", "UTC")
    .action(async (paths: string[], options: ReportOptions) => {
      if (options.out === "") throw new UsageError("--out is empty; name the file to write.");
      const zone = zoneArgument(options.tz);
      const format = options.format ?? formatOfName(options.out ?? "") ?? "markdown";
      const surroundings = { settings: settings.current, connectors, terminal, workersFolder, detects: true };
      const text = await withPaths(paths, surroundings, async (reader, file) => {
        const verdict = await askSuspects(file, { baseline: null, incident: null }, workersFolder, terminal);
        return await reportText(reader, { zone, format, verdict: { ...verdict.verdict, revision: verdict.revision } });
      });
      if (options.out === undefined) return await terminal.print(format === "json" ? text : printable(text));
      return await write(options.out, text);
    });
}

interface Asked {
  readonly zone: string;
  readonly format: ReportFormat;
  readonly verdict: VerdictInfo;
}

async function reportText(reader: Askable<ReaderMethods>, { zone, format, verdict }: Asked): Promise<string> {
  const info: CaseInfo = await reader.call("caseInfo", null);
  const reported = {
    events: (input: Parameters<ReaderMethods["events.list"]>[0]) => reader.call("events.list", input),
    place: (ref: string) => reader.call("records.detail", { ref }),
    sources: async () => (await reader.call("sources.list", undefined)) as readonly Source[],
  };
  return writeReport[format](makeReport(await gatherFacts(reported, { info, zone, verdict })));
}

async function write(file: string, text: string): Promise<void> {
  try {
    await writeFile(file, text);
  } catch (thrown) {
    throw writeFailure(file, thrown);
  }
}
