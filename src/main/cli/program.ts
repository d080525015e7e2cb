/** The command line as a whole: its commands, and which exit code each end has. */
import { Command, CommanderError } from "commander";
import { asFailure } from "../../shared/failure.ts";
import type { CaseThreads } from "../engine/case-threads.ts";
import { addConnectorOptions, type CommandConnectors } from "./command-connectors.ts";
import { addSettingsOptions } from "./command-settings.ts";
import { addAnalyzeCommand } from "./commands/analyze.ts";
import { addAnomaliesCommand } from "./commands/anomalies.ts";
import { addCompareCommand } from "./commands/compare.ts";
import { addConnectorsCommand } from "./commands/connectors.ts";
import { addCorrelationCommands } from "./commands/correlate.ts";
import { addDetectCommand } from "./commands/detect.ts";
import { addDlqCommand } from "./commands/dlq.ts";
import { addEventsCommand } from "./commands/events.ts";
import { addFormatsCommand } from "./commands/formats.ts";
import { addOperationsCommands } from "./commands/operations.ts";
import { addParseCommand } from "./commands/parse.ts";
import { addQueryCommand } from "./commands/query.ts";
import { addReportCommand } from "./commands/report.ts";
import { addSettingsCommand } from "./commands/settings.ts";
import { addSuspectsCommand } from "./commands/suspects.ts";
import { addTemplatesCommand } from "./commands/templates.ts";
import { addTraceCommand } from "./commands/trace.ts";
import { EXIT_FAILED, EXIT_OK, EXIT_USAGE } from "./failure-exit.ts";
import type { Terminal } from "./terminal.ts";

export interface ProgramOptions {
  readonly version: string;
  /** Where the built worker threads lie. */
  readonly workersFolder: string;
  /** Started for the case that the command makes; not held by the process until a case is opened with them. */
  readonly threads?: CaseThreads | null;
  readonly terminal: Terminal;
}

/** Runs the command that `args` name; resolves to the exit code. */
export async function runProgram(args: readonly string[], options: ProgramOptions): Promise<number> {
  const { terminal } = options;
  const { program, connectors } = createProgram(options);
  try {
    await program.parseAsync(args, { from: "user" });
    return Number(process.exitCode ?? EXIT_OK);
  } catch (thrown) {
    terminal.endProgress();
    // Commander has said what is wrong already.
    if (thrown instanceof CommanderError) return thrown.exitCode === 0 ? EXIT_OK : EXIT_USAGE;
    const failure = asFailure(thrown);
    terminal.complain(failure.message);
    if (failure.reason === "internal" && thrown instanceof Error) terminal.complain(thrown.stack ?? "");
    return USAGE_REASONS.has(failure.reason) ? EXIT_USAGE : EXIT_FAILED;
  } finally {
    connectors[Symbol.dispose]();
  }
}

/** Failures that mean that what was typed is wrong, wherever it was found out. */
const USAGE_REASONS: ReadonlySet<string> = new Set([
  "usage",
  "unknown-format",
  "bad-filter",
  "bad-setting",
  "unknown-encoding",
]);

interface Program {
  readonly program: Command;
  readonly connectors: CommandConnectors;
}

function createProgram({ version, workersFolder, threads = null, terminal }: ProgramOptions): Program {
  const program = new Command("faultline")
    .description("One timeline from logs, metrics, traces, deploys, commits and CI results, offline.")
    .version(version, "-V, --version")
    .helpCommand(true)
    .showHelpAfterError("(faultline --help lists the commands)")
    .exitOverride();
  const settings = addSettingsOptions(program, terminal);
  const connectors = addConnectorOptions(program, terminal, settings);
  addFormatsCommand(program, terminal);
  addDetectCommand(program, terminal, connectors);
  addParseCommand(program, terminal, { settings, connectors });
  addTemplatesCommand(program, terminal, workersFolder, { settings, connectors });
  addAnalyzeCommand(program, terminal, workersFolder, { settings, connectors, threads });
  addAnomaliesCommand(program, terminal, { settings, connectors });
  addQueryCommand(program, terminal, workersFolder);
  addEventsCommand(program, terminal, workersFolder);
  addSuspectsCommand(program, terminal, workersFolder, { settings, connectors });
  addReportCommand(program, terminal, workersFolder, { settings, connectors });
  addCompareCommand(program, terminal, workersFolder, { settings, connectors });
  addCorrelationCommands(program, terminal, workersFolder, { settings, connectors });
  addTraceCommand(program, terminal, workersFolder, { settings, connectors });
  addOperationsCommands(program, terminal, workersFolder, { settings, connectors });
  addDlqCommand(program, terminal, workersFolder, { settings, connectors });
  addConnectorsCommand(program, terminal, connectors);
  addSettingsCommand(program, terminal, settings);
  return { program, connectors };
}
