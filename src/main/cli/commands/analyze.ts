/** `faultline analyze PATH…`: reads paths into a case and tells what was found. */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import type { Command } from "commander";
import { asFailure } from "../../../shared/failure.ts";
import type { Settings } from "../../../shared/settings.ts";
import { titleOf } from "../../engine/case-names.ts";
import { CaseSession } from "../../engine/case-session.ts";
import type { CaseThreads } from "../../engine/case-threads.ts";
import { zoneArgument } from "../arguments.ts";
import { analysisOf, type Analysis } from "../analysis.ts";
import { printAnalysis } from "../analysis-text.ts";
import type { CommandConnectors } from "../command-connectors.ts";
import type { CommandSettings } from "../command-settings.ts";
import { EXIT_FAILED, UsageError } from "../failure-exit.ts";
import { withCase } from "../open-case.ts";
import { progressLine } from "../progress-line.ts";
import type { Terminal } from "../terminal.ts";

interface AnalyzeOptions {
  readonly case?: string;
  readonly tz?: string;
  readonly text?: true;
  readonly json?: true;
}

export function addAnalyzeCommand(
  program: Command,
  terminal: Terminal,
  workersFolder: string,
  {
    settings: commandSettings,
    connectors,
    threads,
  }: {
    readonly settings: CommandSettings;
    readonly connectors: CommandConnectors;
    readonly threads: CaseThreads | null;
  },
): void {
  program
    .command("analyze")
    .description("read files, folders and archives into one timeline and say what stands out")
    .argument(
      "[path...]",
      "files, folders, archives (zip, tar, gzip, bzip2, xz, zstd), git repositories, prometheus:http://… addresses",
    )
    .option("--case <file>", "the case to make or to add to; without a path, its accounting is printed")
    .option("--tz <zone>", "zone of times that state none (IANA name; default: the setting assumedZone)")
    .option("--text", "read files of no known kind as plain text")
    .option("--json", "print one JSON object")
    .action(async (paths: string[], options: AnalyzeOptions) => {
      if (paths.length === 0 && options.case === undefined) {
        throw new UsageError('Name what to analyse: "faultline analyze PATH…", or a case with --case.');
      }
      checkPaths(paths, options.case);
      const { current } = commandSettings;
      const settings = { ...current, assumedZone: zoneArgument(options.tz ?? current.assumedZone) };
      const asText = options.text === true;
      const analysis = await analyze(paths, options.case ?? null, {
        settings,
        connectors,
        asText,
        terminal,
        workersFolder,
        threads,
      });
      if (options.json) await terminal.printJson(analysis);
      else await printAnalysis(analysis, terminal);
      if (analysis.sources.some((source) => source.state === "failed")) process.exitCode = EXIT_FAILED;
    });
}

/** An empty path would be the current folder, which an unset variable of a script hardly means. */
function checkPaths(paths: readonly string[], caseFile: string | undefined): void {
  if (paths.includes("")) throw new UsageError("One of the paths is empty; name a file or folder.");
  const itself = paths.find((path) => caseFile !== undefined && resolve(path) === resolve(caseFile));
  if (itself !== undefined) throw new UsageError(`${itself} is the case itself; it cannot be read into itself.`);
}

interface Surroundings {
  readonly settings: Settings;
  readonly connectors: CommandConnectors;
  /** Whether what no format fits is read as plain text. */
  readonly asText: boolean;
  readonly terminal: Terminal;
  readonly workersFolder: string;
  /** Started with the process. */
  readonly threads: CaseThreads | null;
}

async function analyze(
  paths: readonly string[],
  caseFile: string | null,
  surroundings: Surroundings,
): Promise<Analysis> {
  const shown = paths.length === 0 && caseFile !== null ? await accountingOf(caseFile, surroundings) : null;
  return shown ?? (await readInto(caseFile, paths, surroundings));
}

/** Of a case that is only looked at: it may be open elsewhere, or lie where nothing can be written. Null of an older one. */
async function accountingOf(caseFile: string, { settings, workersFolder }: Surroundings): Promise<Analysis | null> {
  try {
    return await withCase(caseFile, workersFolder, async (reader) => ({
      ...(await analysisOf(reader, { caseFile, paths: [], settings })),
      durationMs: Math.round(performance.now()),
      firstRecordsMs: null,
      readMs: null,
    }));
  } catch (thrown) {
    if (asFailure(thrown).reason === "older-case") return null;
    throw thrown;
  }
}

async function readInto(
  caseFile: string | null,
  paths: readonly string[],
  surroundings: Surroundings,
): Promise<Analysis> {
  const { settings, connectors, asText, terminal, workersFolder, threads } = surroundings;
  const temporary = caseFile === null ? mkdtempSync(join(tmpdir(), "faultline-")) : null;
  const file = caseFile === null ? join(temporary ?? "", "analysis.faultline") : resolve(caseFile);
  let firstRecordsMs: number | null = null;
  let session: CaseSession | null = null;
  let interrupted = false;
  // Ctrl-C ends the reading and still tells what was read; a second one ends the process.
  const interrupt = (): void => {
    interrupted = true;
    process.exitCode = EXIT_FAILED;
    terminal.complain("interrupted; what was read so far follows.");
    void session?.importer.cancel(null);
  };
  for (const signal of ["SIGINT", "SIGTERM"]) process.once(signal, interrupt);
  try {
    session = await CaseSession.open(file, paths.length === 0 ? null : { title: titleOf(paths) }, {
      workersFolder,
      threads,
      run: connectors.home.run,
      stallMs: settings.timeouts.parseStall,
      settings: () => settings,
      onRecords: () => (firstRecordsMs ??= Math.round(performance.now())),
      onProgress: (progress) => terminal.progress(progressLine(progress)),
      // Nobody is there to be asked.
      onTooManyLetters: ({ path }) => {
        const { maxCount, maxMebibytes } = settings.deadLetters;
        const most = `${maxCount.toLocaleString("en-US")} or ${maxMebibytes} MiB`;
        terminal.complain(
          `${path}: more dead letters than are kept of a source (${most}); the others are only counted. --set deadLetters.maxCount=N, or maxMebibytes=N, keeps more.`,
        );
        return "count";
      },
      onFailure: ({ message }) => {
        process.exitCode = EXIT_FAILED;
        terminal.complain(message);
      },
    });
    // Each step may have been interrupted before it: what is cancelled then is nothing yet.
    if (paths.length > 0 && !interrupted) await session.importer.add(paths);
    await session.importer.idle();
    if (asText && !interrupted) await readRestAsText(session);
    await session.importer.idle();
    const readMs = Math.round(performance.now());
    await session.idle();
    await session.rest();
    terminal.endProgress();
    const analysis = await analysisOf(session.reader, { caseFile, paths, settings });
    return { ...analysis, durationMs: Math.round(performance.now()), firstRecordsMs, readMs };
  } finally {
    for (const signal of ["SIGINT", "SIGTERM"]) process.removeListener(signal, interrupt);
    terminal.endProgress();
    await session?.[Symbol.asyncDispose]();
    if (temporary !== null) rmSync(temporary, { recursive: true, force: true });
  }
}

async function readRestAsText(session: CaseSession): Promise<void> {
  for (const source of await session.sources()) {
    if (source.state === "not-recognised") await session.importer.readAs(source, "plain-text", null);
  }
}
